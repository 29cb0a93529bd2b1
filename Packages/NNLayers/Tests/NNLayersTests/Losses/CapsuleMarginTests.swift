import Autograd
import NNLayers
import TensorCore
import Testing

struct CapsuleMarginTests {
  /// Label 0 of (0.5, 0.3, 0.05): (0.9 - 0.5)² + 0.5 (0.3 - 0.1)² + 0 = 0.16 + 0.02; slopes -2 · 0.4, 2 · 0.5 · 0.2 and 0.
  /// Label 1 of (0.1, 0.95, 0.6): 0 + 0 + 0.5 · 0.5² = 0.125; slopes 0, 0, 0.5.
  @Test func byHand() {
    let x = Tensor<Double>([0.5, 0.3, 0.05, 0.1, 0.95, 0.6], shape: [2, 3]), labels = Tensor<Int64>([0, 1])
    expectClose(capsuleMarginLoss(Variable(x), labels, reduction: .none), [0.18, 0.125])
    expectClose(capsuleMarginLoss(Variable(x), labels), [0.1525])
    let slopes = gradient(at: x) { capsuleMarginLoss($0, labels, reduction: .sum) } ?? []
    for (got, expected) in zip(slopes, [-0.8, 0.2, 0, 0, 0, 0.5]) { #expect(abs(got - expected) < 1e-12) }
    // (0.8 - 0.5)² + 2 ((0.3 - 0.2)²) and 2 (0.6 - 0.2)².
    expectClose(
      capsuleMarginLoss(Variable(x), labels, present: 0.8, absent: 0.2, absentWeight: 2, reduction: .none),
      [0.11, 0.32])
  }

  /// Where all capsules are short: 0.9² for the right one.
  @Test func atTheBeginning() {
    expectClose(capsuleMarginLoss(Variable(Tensor<Double>.zeros([3, 10])), [1, 2, 3]), [0.81])
  }

  @Test func wrongLabelsStop() async {
    await #expect(processExitsWith: .failure) {
      _ = capsuleMarginLoss(Variable(Tensor<Float>.zeros([2, 3])), [0, 3])
    }
  }
}
