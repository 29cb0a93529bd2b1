import Autograd
import Datasets
import Foundation
import NNLayers
import TensorCore
import Testing
import Training

struct AnswerAverageTests {
  private static func softmax(_ logits: [Double]) -> [Double] {
    let largest = logits.max() ?? 0
    let sum = logits.reduce(0) { $0 + exp($1 - largest) }
    return logits.map { exp($0 - largest) / sum }
  }

  /// Three answers to two images of two classes: mean and deviation by their definitions.
  @Test func meansAndDeviationsByTheirDefinitions() {
    let answers: [[Double]] = [[0, 1, 2, -1], [0.5, 0, 1, 1], [-3, 2, 0, 30]]
    var average = AnswerAverage(imageCount: 2)
    for answer in answers { average.add(Tensor(answer.map { Float($0) }, shape: [2, 2])) }
    #expect(average.answerCount == 3)
    for image in 0..<2 {
      let probabilities = answers.map { Self.softmax(Array($0[(2 * image)..<(2 * image + 2)])) }
      for label in 0..<2 {
        let mean = probabilities.reduce(0) { $0 + $1[label] } / 3
        let square = probabilities.reduce(0) { $0 + ($1[label] - mean) * ($1[label] - mean) } / 3
        #expect(abs(average.probabilities.scalars[2 * image + label] - mean) < 1e-15)
        #expect(abs(average.deviations.scalars[2 * image + label] - square.squareRoot()) < 1e-15)
      }
    }
    let top = average.topPredictions(count: 1)
    #expect(top.map { $0.map(\.label) } == [[1], [1]])
    #expect(top[0][0].probability == average.probabilities.scalars[1])
    #expect(top[0][0].deviation == average.deviations.scalars[1])
  }

  /// Views of an image lie side by side.
  @Test func viewsBelongToTheirImages() {
    let logits = Tensor<Float>([0, 1, 2, 0, 5, 0, 0, 0], shape: [4, 2])
    var together = AnswerAverage(imageCount: 2)
    together.add(logits, viewsPerImage: 2)
    var apart = AnswerAverage(imageCount: 2)
    apart.add(Tensor([0, 1, 5, 0], shape: [2, 2]))
    apart.add(Tensor([2, 0, 0, 0], shape: [2, 2]))
    #expect(together.probabilities == apart.probabilities)
    #expect(together.deviations == apart.deviations)
    #expect(together.answerCount == 2)
  }

  @Test func oneAnswerHasNoDeviation() {
    var average = AnswerAverage(imageCount: 1)
    average.add(Tensor([1, 1, 2], shape: [1, 3]))
    #expect(average.topPredictions(count: 2)[0].map(\.label) == [2, 0])
    #expect(average.topPredictions()[0].allSatisfy { $0.deviation == nil })
  }

  @Test func otherShapesStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var average = AnswerAverage(imageCount: 2)
      average.add(Tensor<Float>([0, 0, 0, 0], shape: [2, 2]))
      average.add(Tensor<Float>([0, 0, 0, 0, 0, 0], shape: [2, 3]))
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("[AnswerAverage] 1 views of 2 images need logits [2, 2], these are [2, 3]"))
  }

  /// The ensemble's mean is that of its members' softmax, not the softmax of their mean.
  @Test func ensemblesAverageProbabilities() throws {
    let members = [[[1.0, 0], [0, 2]], [[-1, 3], [0.5, 0]], [[0, 0], [1, -2]]]
    let networks = members.map { rows in
      let layer = Linear(2, 2, bias: false)
      layer.weight.value = .float(Tensor(rows.joined().map { Float($0) }, shape: [2, 2]))
      return layer
    }
    let input: [[Double]] = [[1, 2], [-0.5, 0.25]]
    let average = try Ensemble(networks).averagedProbabilities(
      for: Tensor(input.joined().map { Float($0) }, shape: [2, 2]))
    for (image, x) in input.enumerated() {
      let answers = members.map { rows in Self.softmax(rows.map { $0[0] * x[0] + $0[1] * x[1] }) }
      for label in 0..<2 {
        let mean = answers.reduce(0) { $0 + $1[label] } / 3
        #expect(abs(average.probabilities.scalars[2 * image + label] - mean) < 1e-7)
      }
    }
    #expect(average.answerCount == 3)
  }

  /// Accuracy, loss and confusion of averaged answers, by a loop over what the members say.
  @Test func evaluationByALoop() throws {
    let networks = ([1, 2, 3] as [UInt64]).map { seed in seeded(seed) { TinyNetwork() } }
    let samples = PreparedImages(try MadeUpData.splits(test: 23).test, try MadeUpData.preprocessing())
    let views = try ImageViews(tenCropsOf: samples.dataset.imageSize, shortSides: [4, 6])
    for seen in [nil, views] {
      var (loss, correct) = (0.0, 0)
      for index in 0..<samples.count {
        let pictures = seen?.views(of: samples.dataset.image(index)) ?? [samples.dataset.image(index)]
        var mean = [0.0, 0, 0]
        for network in networks {
          for picture in pictures {
            let logits = try network.predict(samples.preprocessing.prepare([picture])).scalars.map(Double.init)
            for (label, probability) in Self.softmax(logits).enumerated() { mean[label] += probability }
          }
        }
        mean = mean.map { $0 / Double(3 * pictures.count) }
        let label = Int(samples.dataset.labels.scalars[index])
        loss -= log(mean[label])
        correct += mean[label] == mean.max() ? 1 : 0
      }
      for batchSize in [7, 256] {
        let evaluation = try evaluate(Ensemble(networks), on: samples, seenAs: seen, batchSize: batchSize)
        #expect(abs(evaluation.loss - loss / 23) < 1e-5)
        #expect(evaluation.confusion.correct == correct)
        #expect(evaluation.confusion.total == 23)
      }
    }
  }

  @Test func otherClassesAreRefused() throws {
    let samples = PreparedImages(try MadeUpData.splits().test, try MadeUpData.preprocessing())
    let network = Sequential(Flatten(), Linear(16, 4)).prepared()
    #expect(throws: TrainingError.outputMismatch(expected: [20, 3], found: [20, 4])) {
      try evaluate(network, on: samples)
    }
  }
}
