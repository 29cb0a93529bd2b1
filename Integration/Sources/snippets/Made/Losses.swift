// Made by Tests/Tools/snippets --write from the documentation in folders of this name.
import Models
import Training

func snippetBinaryCrossEntropy1() throws {
  let loss = binaryCrossEntropy(logits.sigmoid(), targets)
  _ = loss
}

func snippetBinaryCrossEntropy2() throws {
  let loss = binaryCrossEntropyWithLogits(logits, targets, positiveWeight: Tensor(3))
  _ = loss
}

func snippetCapsuleMargin1() throws {
  let loss = capsuleMarginLoss(model(images, context), labels)
  _ = loss
}

func snippetCrossEntropy1() throws {
  let loss = crossEntropy(model(images, context), labels, smoothing: 0.1)
  let rare = crossEntropy(maps, masks, classWeights: [1, 4], ignoring: 255)
  _ = loss
  _ = rare
}

func snippetCrossEntropy2() throws {
  let mixed = crossEntropy(logits, Variable(labels.oneHot(classCount: 10) * 0.7 + others.oneHot(classCount: 10) * 0.3))
  _ = mixed
}

func snippetDice1() throws {
  let loss = diceLoss(maps.sigmoid(), targets)
  _ = loss
}

func snippetDivergence1() throws {
  let loss = klDivergence(student.logSoftmax(along: 1), teacher.softmax(along: 1), reduction: .batchMean)
  _ = loss
}

func snippetEmbeddings1() throws {
  let loss = cosineEmbeddingLoss(network(left, context), network(right, context), Tensor([1, -1]))
  _ = loss
}

func snippetEmbeddings2() throws {
  let loss = tripletMarginLoss(anchor: embedding(x, context), positive: same, negative: other, margin: 0.2)
  _ = loss
}

func snippetFocal1() throws {
  let loss = focalLoss(logits, targets, reduction: .sum) / Double(boxCount)
  _ = loss
}

func snippetFocal2() throws {
  let loss = focalLoss(model(images, context), labels, gamma: 2)
  _ = loss
}

func snippetHinge1() throws {
  let loss = hingeLoss(scores, Tensor([1, -1, 1]))
  _ = loss
}

func snippetHinge2() throws {
  let loss = hingeEmbeddingLoss((left - right).abs().sum(along: [1]), Tensor([1, -1, 1]))
  _ = loss
}

func snippetHinge3() throws {
  let loss = marginRankingLoss(scores, other, Tensor([1, -1, 1]), margin: 0.1)
  _ = loss
}

func snippetHinge4() throws {
  let loss = multiMarginLoss(model(images, context), labels)
  _ = loss
}

func snippetNegativeLogLikelihood1() throws {
  let loss = negativeLogLikelihood(logProbabilities, labels)
  _ = loss
}

func snippetRegression1() throws {
  let loss = meanSquaredError(prediction, target)
  _ = loss
}

func snippetRegression2() throws {
  let loss = meanAbsoluteError(prediction, target)
  _ = loss
}

func snippetRegression3() throws {
  let loss = huberLoss(prediction, target, delta: 0.5)
  _ = loss
}

func snippetRegression4() throws {
  let loss = smoothL1Loss(boxes, targets, beta: 1.0 / 9)
  _ = loss
}
