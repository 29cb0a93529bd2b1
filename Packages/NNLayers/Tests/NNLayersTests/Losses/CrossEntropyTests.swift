import Autograd
import Foundation
import NNLayers
import TensorCore
import Testing

struct CrossEntropyTests {
  /// The formula in Float64: -log(e^z_label / Σ e^z), averaged.
  @Test func crossEntropyEqualsTheFormula() {
    let rows: [[Double]] = [[0.2, -1, 3], [2, 2, -2]]
    let labels = [2, 0]
    let expected =
      zip(rows, labels).map { row, label in -log(exp(row[label]) / row.map { exp($0) }.reduce(0, +)) }
      .reduce(0, +) / 2
    let loss = crossEntropy(Variable(Tensor<Double>(rows.flatMap(\.self), shape: [2, 3])), Tensor([2, 0]))
    #expect(abs(loss.item - expected) < 1e-14)
  }

  /// With smoothing, in Float64: (1 - e) (-log p_label) + e times the mean of -log p over the classes, averaged.
  @Test(arguments: [0.1, 0.5, 1]) func smoothedCrossEntropyEqualsTheFormula(_ smoothing: Double) {
    let rows: [[Double]] = [[0.2, -1, 3], [2, 2, -2]]
    let labels = [2, 0]
    var expected = 0.0
    for (row, label) in zip(rows, labels) {
      let logarithms = row.map { $0 - log(row.map { exp($0) }.reduce(0, +)) }
      expected -= (1 - smoothing) * logarithms[label] + smoothing * logarithms.reduce(0, +) / 3
    }
    let logits = Variable(Tensor<Double>(rows.flatMap(\.self), shape: [2, 3]))
    #expect(abs(crossEntropy(logits, Tensor([2, 0]), smoothing: smoothing).item - expected / 2) < 1e-14)
  }

  @Test(arguments: [-0.1, 1.5]) func aSmoothingThatIsNoShareStops(_ smoothing: Double) async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { [smoothing] in
      _ = crossEntropy(Variable(Tensor<Float>.zeros([1, 3])), Tensor([0]), smoothing: smoothing)
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("[crossEntropy] the smoothing \(smoothing) does not lie in 0...1"))
  }

  /// d/dz = (softmax - one-hot) / N.
  @Test func crossEntropyGradientIsTheClosedForm() {
    let z = [0.2, -1, 3]
    let tape = Tape()
    let logits = tape.watch(Tensor<Double>(z, shape: [1, 3]))
    let gradient = crossEntropy(logits, Tensor([1])).gradients()[logits]!.doubles.scalars
    let total = z.map { exp($0) }.reduce(0, +)
    for (index, value) in gradient.enumerated() {
      #expect(abs(value - (exp(z[index]) / total - (index == 1 ? 1 : 0))) < 1e-14)
    }
  }

  @Test func equalLogitsGiveTheLogarithmOfTheClassCount() {
    let loss = crossEntropy(Variable(Tensor<Double>.zeros([4, 10])), Tensor([0, 3, 5, 9]))
    #expect(abs(loss.item - log(10)) < 1e-14)
  }

  @Test func extremeLogitsStayFinite() {
    let loss = crossEntropy(Variable(Tensor<Float>([1e4, -1e4], shape: [1, 2])), Tensor([1]))
    #expect(loss.item == 2e4)
  }

  @Test func labelOutsideTheClassesStops() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = crossEntropy(Variable(Tensor<Float>.zeros([1, 3])), Tensor([3]))
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("[crossEntropy] label 3 of row 0 is not one of 3 classes"))
  }
}
