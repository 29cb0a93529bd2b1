import Autograd
import NNLayers
import TensorCore
import Testing

/// The snippets of the losses' documentation, as they stand there.
struct LossSnippetTests {
  private let context = Context.training(seed: 1)
  private let labels = Tensor<Int64>([1, 0])

  private func drawn(_ shape: Shape, _ seed: UInt64 = 1) -> Variable {
    var random = RandomStream(seed: seed)
    return Variable(Tensor<Float>.normal(shape, using: &random))
  }

  @Test func classification() {
    let (model, images, logits) = (Linear(4, 10), drawn([2, 4]), drawn([2, 10]))
    let (maps, masks, others) = (drawn([1, 2, 3]), Tensor<Int64>([0, 255, 1], shape: [1, 3]), Tensor<Int64>([3, 9]))
    let logProbabilities = logits.logSoftmax(along: 1)
    do {
      let loss = crossEntropy(model(images, context), labels, smoothing: 0.1)
      let rare = crossEntropy(maps, masks, classWeights: [1, 4], ignoring: 255)
      #expect(loss.item > 0 && rare.item > 0)
    }
    do {
      let mixed = crossEntropy(
        logits, Variable(labels.oneHot(classCount: 10) * 0.7 + others.oneHot(classCount: 10) * 0.3))
      let parts = (crossEntropy(logits, labels).item, crossEntropy(logits, others).item)
      #expect(abs(mixed.item - (0.7 * parts.0 + 0.3 * parts.1)) < 1e-6)
    }
    do {
      let loss = negativeLogLikelihood(logProbabilities, labels)
      #expect(abs(loss.item - crossEntropy(logits, labels).item) < 1e-6)
    }
    do {
      let loss = multiMarginLoss(model(images, context), labels)
      #expect(loss.item > 0)
    }
    do {
      let loss = focalLoss(model(images, context), labels, gamma: 2)
      #expect(loss.item > 0)
    }
  }

  @Test func probabilities() {
    let (logits, targets) = (drawn([2, 3]), Variable(Tensor<Float>([1, 0, 0, 1, 1, 0], shape: [2, 3])))
    let (student, teacher, boxCount) = (drawn([2, 3]), drawn([2, 3], 2), 2)
    let (maps, masks) = (drawn([1, 2, 3]), Variable(Tensor<Float>([1, 0, 0, 1, 1, 0], shape: [1, 2, 3])))
    let plain: Variable
    do {
      let loss = binaryCrossEntropy(logits.sigmoid(), targets)
      plain = loss
    }
    do {
      let loss = binaryCrossEntropyWithLogits(logits, targets, positiveWeight: Tensor(3))
      #expect(loss.item > plain.item)
    }
    do {
      let loss = klDivergence(student.logSoftmax(along: 1), teacher.softmax(along: 1), reduction: .batchMean)
      #expect(loss.item > 0)
    }
    do {
      let loss = focalLoss(logits, targets, reduction: .sum) / Double(boxCount)
      #expect(loss.item > 0)
    }
    do {
      let loss = diceLoss(maps.sigmoid(), masks)
      #expect(loss.item > 0 && loss.item < 1)
    }
  }

  @Test func numbers() {
    let (prediction, target) = (drawn([2, 3]), drawn([2, 3], 2))
    let (boxes, targets) = (prediction, target)
    let absolute: Variable
    do {
      let loss = meanSquaredError(prediction, target)
      #expect(loss.item > 0)
    }
    do {
      let loss = meanAbsoluteError(prediction, target)
      absolute = loss
    }
    do {
      let loss = huberLoss(prediction, target, delta: 0.5)
      #expect(loss.item < absolute.item)
    }
    do {
      let loss = smoothL1Loss(boxes, targets, beta: 1.0 / 9)
      #expect(loss.item < absolute.item)
    }
  }

  @Test func margins() {
    let (scores, others, left, right) = (drawn([3]), drawn([3], 2), drawn([3, 4]), drawn([3, 4], 2))
    do {
      let loss = hingeLoss(scores, Tensor([1, -1, 1]))
      #expect(loss.item > 0)
    }
    do {
      let loss = hingeEmbeddingLoss((left - right).abs().sum(along: [1]), Tensor([1, -1, 1]))
      #expect(loss.item > 0)
    }
    do {
      let loss = marginRankingLoss(scores, others, Tensor([1, -1, 1]), margin: 0.1)
      #expect(loss.item > 0)
    }
  }

  @Test func embeddings() {
    let (network, embedding) = (Linear(4, 3), Linear(4, 3))
    let (left, right, x) = (drawn([2, 4]), drawn([2, 4], 2), drawn([2, 4], 3))
    let (same, other) = (drawn([2, 3]), drawn([2, 3], 2))
    do {
      let loss = cosineEmbeddingLoss(network(left, context), network(right, context), Tensor([1, -1]))
      #expect(loss.item >= 0)
    }
    do {
      let loss = tripletMarginLoss(anchor: embedding(x, context), positive: same, negative: other, margin: 0.2)
      #expect(loss.item >= 0)
    }
  }
}
