import Autograd
import NNLayers
import TensorCore
import Testing

/// A mistake that must stop the program, and what it must say.
private struct Mistake: Sendable {
  let message: String
  let body: @Sendable () -> Variable

  init(_ message: String, _ body: @escaping @Sendable () -> Variable) {
    self.message = message
    self.body = body
  }

  private static func zeros(_ shape: Shape) -> Variable { Variable(Tensor<Float>.zeros(shape)) }

  static let all: [Mistake] = classes + elements + vectors

  private static let classes: [Mistake] = [
    Mistake("[crossEntropy] scores [2, 3] need labels [2], not [3]") {
      crossEntropy(zeros([2, 3]), Tensor([0, 1, 2]))
    },
    Mistake("[crossEntropy] scores [1, 3, 2] need labels [1, 2], not [2]") {
      crossEntropy(zeros([1, 3, 2]), Tensor([0, 1]))
    },
    Mistake("[crossEntropy] needs scores [N, C, …], they are [3]") { crossEntropy(zeros([3]), Tensor([0, 1, 2])) },
    Mistake("[crossEntropy] the smoothing 2.0 does not lie in 0...1") {
      crossEntropy(zeros([1, 3]), Tensor([0]), classWeights: Tensor([1, 1, 1]), smoothing: 2)
    },
    Mistake("[crossEntropy] the smoothing -1.0 does not lie in 0...1") {
      crossEntropy(zeros([1, 3]), Tensor([0]), classWeights: Tensor([1, 1, 1]), smoothing: -1)
    },
    Mistake("[crossEntropy] label 7 of row 1 is not one of 3 classes") {
      crossEntropy(zeros([2, 3]), Tensor([255, 7]), ignoring: 255)
    },
    Mistake("[crossEntropy] 3 classes need weights [3], not [2]") {
      crossEntropy(zeros([1, 3]), Tensor([0]), classWeights: [1, 2])
    },
    Mistake("[crossEntropy] the class weights [1.0, -1.0] must be ≥ 0") {
      crossEntropy(zeros([1, 2]), Tensor([0]), classWeights: [1, -1])
    },
    Mistake("[crossEntropy] logits [2, 3] and targets [3, 2] differ in shape") {
      crossEntropy(zeros([2, 3]), zeros([3, 2]))
    },
    Mistake("[crossEntropy] the smoothing 1.5 does not lie in 0...1") {
      crossEntropy(zeros([2, 3]), zeros([2, 3]), smoothing: 1.5)
    },
    Mistake("[negativeLogLikelihood] scores [2, 3] need labels [2], not [1]") {
      negativeLogLikelihood(zeros([2, 3]), Tensor([0]))
    },
    Mistake("[negativeLogLikelihood] label -1 of row 0 is not one of 3 classes") {
      negativeLogLikelihood(zeros([1, 3]), Tensor([-1]))
    },
    Mistake("[multiMarginLoss] needs scores [N, C], they are [1, 2, 3]") {
      multiMarginLoss(zeros([1, 2, 3]), Tensor([0]))
    },
    Mistake("[multiMarginLoss] label 3 of row 0 is not one of 3 classes") {
      multiMarginLoss(zeros([1, 3]), Tensor([3]))
    },
    Mistake("[focalLoss] scores [1, 3] need labels [1], not [2]") { focalLoss(zeros([1, 3]), Tensor([0, 1])) },
    Mistake("[focalLoss] gamma must be 0 or at least 1, it is 0.5") {
      focalLoss(zeros([1, 3]), Tensor([0]), gamma: 0.5)
    },
  ]

  private static let elements: [Mistake] = [
    Mistake("[binaryCrossEntropy] predictions [2, 1] and targets [2] differ in shape") {
      binaryCrossEntropy(zeros([2, 1]), zeros([2]))
    },
    Mistake("[binaryCrossEntropy] a probability of the predictions [2] lies outside 0...1") {
      binaryCrossEntropy(Variable(Tensor<Float>([0.5, 1.5])), zeros([2]))
    },
    Mistake("[binaryCrossEntropyWithLogits] predictions [2, 1] and targets [2] differ in shape") {
      binaryCrossEntropyWithLogits(zeros([2, 1]), zeros([2]))
    },
    Mistake("[binaryCrossEntropyWithLogits] the positive weight [2] does not broadcast to the logits [2, 3]") {
      binaryCrossEntropyWithLogits(zeros([2, 3]), zeros([2, 3]), positiveWeight: [1, 2])
    },
    Mistake("[meanSquaredError] needs two equal shapes, got [2, 1] and [2]") {
      meanSquaredError(zeros([2, 1]), zeros([2]))
    },
    Mistake("[meanAbsoluteError] needs two equal shapes, got [2, 1] and [2]") {
      meanAbsoluteError(zeros([2, 1]), zeros([2]))
    },
    Mistake("[huberLoss] needs two equal shapes, got [2, 1] and [2]") { huberLoss(zeros([2, 1]), zeros([2])) },
    Mistake("[huberLoss] delta must be above 0, it is 0.0") { huberLoss(zeros([2]), zeros([2]), delta: 0) },
    Mistake("[smoothL1Loss] beta must be 0 or more, it is -1.0") { smoothL1Loss(zeros([2]), zeros([2]), beta: -1) },
    Mistake("[smoothL1Loss] needs two equal shapes, got [2, 1] and [2]") { smoothL1Loss(zeros([2, 1]), zeros([2])) },
    Mistake("[klDivergence] logarithms [2, 3] and targets [3] differ in shape") {
      klDivergence(zeros([2, 3]), zeros([3]))
    },
    Mistake("[focalLoss] each of the targets [2] must be 0 or 1") {
      focalLoss(zeros([2]), Variable(Tensor<Float>([0, 0.5])))
    },
    Mistake("[focalLoss] alpha must lie in 0...1, it is 2.0") { focalLoss(zeros([2]), zeros([2]), alpha: 2) },
    Mistake("[diceLoss] needs two equal shapes, got [1, 2, 3] and [1, 2, 4]") {
      diceLoss(zeros([1, 2, 3]), zeros([1, 2, 4]))
    },
    Mistake("[diceLoss] needs regions [N, C, d₁, …], got [2, 3]") { diceLoss(zeros([2, 3]), zeros([2, 3])) },
  ]

  private static let vectors: [Mistake] = [
    Mistake("[hingeLoss] scores [2, 1] and answers [2] differ in shape") {
      hingeLoss(zeros([2, 1]), Tensor([1, -1]))
    },
    Mistake("[hingeEmbeddingLoss] distances [2, 1] and answers [2] differ in shape") {
      hingeEmbeddingLoss(zeros([2, 1]), Tensor([1, -1]))
    },
    Mistake("[marginRankingLoss] needs two equal shapes, got [2, 1] and [2]") {
      marginRankingLoss(zeros([2, 1]), zeros([2]), Tensor([1, -1]))
    },
    Mistake("[hingeLoss] answer 0, number 1, is neither 1 nor -1") { hingeLoss(zeros([2]), Tensor([1, 0])) },
    Mistake("[cosineEmbeddingLoss] needs two equal shapes, got [2, 3] and [2, 4]") {
      cosineEmbeddingLoss(zeros([2, 3]), zeros([2, 4]), Tensor([1, 1]))
    },
    Mistake("[cosineEmbeddingLoss] vectors [N, D] need answers [N], not [2, 3] and [3]") {
      cosineEmbeddingLoss(zeros([2, 3]), zeros([2, 3]), Tensor([1, 1, 1]))
    },
    Mistake("[cosineEmbeddingLoss] answer 2, number 0, is neither 1 nor -1") {
      cosineEmbeddingLoss(zeros([1, 3]), zeros([1, 3]), Tensor([2]))
    },
    Mistake("[tripletMarginLoss] needs three shapes [N, D], got [2, 3], [2, 3] and [2, 4]") {
      tripletMarginLoss(anchor: zeros([2, 3]), positive: zeros([2, 3]), negative: zeros([2, 4]))
    },
    Mistake("[tripletMarginLoss] the margin must be above 0, it is 0.0") {
      tripletMarginLoss(anchor: zeros([2, 3]), positive: zeros([2, 3]), negative: zeros([2, 3]), margin: 0)
    },
  ]
}

/// Each mistake stops a process of its own with the loss's name and what came.
struct LossStopTests {
  @Test func wrongShapesAndLabelsStop() async {
    for (number, mistake) in Mistake.all.enumerated() {
      let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        [number = number as Int] in
        _ = Mistake.all[number].body()
      }
      let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      #expect(said.contains(mistake.message), "\(said.prefix(300)), not \(mistake.message)")
    }
  }
}
