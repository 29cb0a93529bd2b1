// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetNNLayersBinaryCrossEntropy1() throws {
  let loss = binaryCrossEntropy(logits.sigmoid(), targets)
  _ = loss
}

func snippetNNLayersBinaryCrossEntropy2() throws {
  let loss = binaryCrossEntropyWithLogits(logits, targets, positiveWeight: Tensor(3))
  _ = loss
}

func snippetNNLayersCapsuleMargin1() throws {
  let loss = capsuleMarginLoss(model(images, context), labels)
  _ = loss
}

func snippetNNLayersCrossEntropy1() throws {
  let loss = crossEntropy(model(images, context), labels, smoothing: 0.1)
  let rare = crossEntropy(maps, masks, classWeights: [1, 4], ignoring: 255)
  _ = loss
  _ = rare
}

func snippetNNLayersCrossEntropy2() throws {
  let mixed = crossEntropy(logits, Variable(labels.oneHot(classCount: 10) * 0.7 + others.oneHot(classCount: 10) * 0.3))
  _ = mixed
}

func snippetNNLayersDice1() throws {
  let loss = diceLoss(maps.sigmoid(), targets)
  _ = loss
}

func snippetNNLayersDivergence1() throws {
  let loss = klDivergence(student.logSoftmax(along: 1), teacher.softmax(along: 1), reduction: .batchMean)
  _ = loss
}

func snippetNNLayersEmbeddings1() throws {
  let loss = cosineEmbeddingLoss(network(left, context), network(right, context), Tensor([1, -1]))
  _ = loss
}

func snippetNNLayersEmbeddings2() throws {
  let loss = tripletMarginLoss(anchor: embedding(x, context), positive: same, negative: other, margin: 0.2)
  _ = loss
}

func snippetNNLayersFocal1() throws {
  let loss = focalLoss(logits, targets, reduction: .sum) / Double(boxCount)
  _ = loss
}

func snippetNNLayersFocal2() throws {
  let loss = focalLoss(model(images, context), labels, gamma: 2)
  _ = loss
}

func snippetNNLayersHinge1() throws {
  let loss = hingeLoss(scores, Tensor([1, -1, 1]))
  _ = loss
}

func snippetNNLayersHinge2() throws {
  let loss = hingeEmbeddingLoss((left - right).abs().sum(along: [1]), Tensor([1, -1, 1]))
  _ = loss
}

func snippetNNLayersHinge3() throws {
  let loss = marginRankingLoss(scores, other, Tensor([1, -1, 1]), margin: 0.1)
  _ = loss
}

func snippetNNLayersHinge4() throws {
  let loss = multiMarginLoss(model(images, context), labels)
  _ = loss
}

func snippetNNLayersNegativeLogLikelihood1() throws {
  let loss = negativeLogLikelihood(logProbabilities, labels)
  _ = loss
}

func snippetNNLayersRegression1() throws {
  let loss = meanSquaredError(prediction, target)
  _ = loss
}

func snippetNNLayersRegression2() throws {
  let loss = meanAbsoluteError(prediction, target)
  _ = loss
}

func snippetNNLayersRegression3() throws {
  let loss = huberLoss(prediction, target, delta: 0.5)
  _ = loss
}

func snippetNNLayersRegression4() throws {
  let loss = smoothL1Loss(boxes, targets, beta: 1.0 / 9)
  _ = loss
}
