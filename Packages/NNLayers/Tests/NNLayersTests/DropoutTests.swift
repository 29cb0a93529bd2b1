import Autograd
import NNLayers
import TensorCore
import Testing

struct DropoutTests {
  private let ones = Tensor<Float>.ones([100, 100])

  @Test func inferenceIsTheIdentity() throws {
    #expect(try Dropout(0.5).predict(ones) == ones)
  }

  /// 10,000 draws with p = 0.3: the share dropped has a standard deviation of 0.0046; five of them are allowed.
  @Test func dropsTheShareAndKeepsTheExpectation() {
    let y = Dropout(0.3)(ones, .training(seed: 1)).floats.scalars
    let dropped = Double(y.count { $0 == 0 }) / 10_000
    #expect(abs(dropped - 0.3) < 0.023)
    #expect(y.allSatisfy { $0 == 0 || abs($0 - 1 / 0.7) < 1e-6 })
  }

  @Test func seedDecidesTheMaskInBothPrecisions() {
    let a = Dropout(0.5)(ones, .training(seed: 1)).floats
    #expect(Dropout(0.5)(ones, .training(seed: 1)).floats == a)
    #expect(Dropout(0.5)(ones, .training(seed: 2)).floats != a)
    #expect(Dropout(0.5)(ones, .training(seed: 1, precision: .double)).floats == a)
  }

  @Test func twoLayersOfOneStepDiffer() {
    let context = Context.training(seed: 1)
    let (a, b) = (Dropout(0.5)(ones, context).floats, Dropout(0.5)(ones, context).floats)
    #expect(a != b)
  }
}
