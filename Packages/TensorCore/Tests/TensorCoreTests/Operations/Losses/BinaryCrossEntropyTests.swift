import Foundation
import TensorCore
import Testing

@Suite struct BinaryCrossEntropyTests {
  private let logits: [Double] = [-20, -3, -0.5, 0, 0.25, 2, 7, 20]
  private let targets: [Double] = [0, 0, 1, 1, 0.5, 0, 1, 0.25]
  private let g: [Double] = [1, -2, 0.5, 3, 1, 1, -1, 2]

  private func close(_ a: [Double], _ b: [Double], _ bound: Double = 1e-12) -> Bool {
    zip(a, b).allSatisfy { Swift.abs($0 - $1) <= bound * Swift.max(1, Swift.abs($1)) }
  }

  /// w y ln(1 + e^-x) + (1 - y) ln(1 + e^x) and its slope g ((1 - y) p - w y (1 - p)), p = 1 / (1 + e^-x).
  @Test(arguments: [1, 2.5]) func logitsFollowTheFormula(_ weight: Double) {
    let places = logits.indices
    let losses = places.map {
      weight * targets[$0] * Foundation.log(1 + Foundation.exp(-logits[$0]))
        + (1 - targets[$0]) * Foundation.log(1 + Foundation.exp(logits[$0]))
    }
    let slopes = places.map { place -> Double in
      let p = 1 / (1 + Foundation.exp(-logits[place])), y = targets[place]
      return g[place] * ((1 - y) * p - weight * y * (1 - p))
    }
    let (x, y, w) = (Tensor(logits), Tensor(targets), Tensor(weight))
    // The formula itself loses e^-20 beside 1.
    #expect(close(x.binaryCrossEntropyWithLogits(targets: y, positiveWeight: w).scalars, losses))
    let slope = Tensor(g).binaryCrossEntropyWithLogitsGradient(logits: x, targets: y, positiveWeight: w)
    #expect(close(slope.scalars, slopes))
    withEachForm { form in
      let floats = x.converted(to: Float.self).binaryCrossEntropyWithLogits(
        targets: y.converted(to: Float.self), positiveWeight: w.converted(to: Float.self))
      #expect(close(floats.scalars.map(Double.init), losses, 1e-6), "\(form)")
    }
  }

  /// -y ln p - (1 - y) ln(1 - p) and g (p - y) / (p (1 - p)).
  @Test func probabilitiesFollowTheFormula() {
    let p = logits.map { 1 / (1 + Foundation.exp(-$0 / 4)) }
    let places = p.indices
    let losses = places.map {
      -targets[$0] * Foundation.log(p[$0]) - (1 - targets[$0]) * Foundation.log(1 - p[$0])
    }
    let slopes = places.map { g[$0] * (p[$0] - targets[$0]) / (p[$0] * (1 - p[$0])) }
    #expect(close(Tensor(p).binaryCrossEntropy(targets: Tensor(targets)).scalars, losses))
    let slope = Tensor(g).binaryCrossEntropyGradient(probabilities: Tensor(p), targets: Tensor(targets))
    #expect(close(slope.scalars, slopes))
  }

  @Test func endsAndEmptiness() {
    let x: Tensor<Float> = filled([4], with: [1e4, -.infinity, .infinity, .nan])
    let losses = x.binaryCrossEntropyWithLogits(targets: filled([4], with: [0, 0, 0.5, 1])).scalars
    #expect(losses[..<3] == [1e4, 0, .infinity] && losses[3].isNaN)
    let sure: Tensor<Float> = filled([2], with: [0, 1])
    #expect(sure.binaryCrossEntropy(targets: filled([2], with: [1, 0])).scalars == [100, 100])
    #expect(Tensor<Float>.zeros([0, 3]).binaryCrossEntropyWithLogits(targets: .zeros([0, 3])).shape == [0, 3])
    #expect(Tensor<Float>(0.5).binaryCrossEntropy(targets: Tensor(1)).shape == [])
  }

  @Test func mistakesStop() async {
    let shapes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([2, 3]).binaryCrossEntropyWithLogits(targets: .zeros([3]))
    }
    #expect(shapes.says("[binaryCrossEntropyWithLogits] predictions [2, 3] and targets [3] differ in shape"))
    let range = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>([-0.5]).binaryCrossEntropy(targets: .zeros([1]))
    }
    #expect(range.says("[binaryCrossEntropy] a probability of the predictions [1] lies outside 0...1"))
  }
}
