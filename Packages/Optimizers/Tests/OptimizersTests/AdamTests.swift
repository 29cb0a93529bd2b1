import Autograd
import Foundation
import Optimizers
import TensorCore
import Testing

struct AdamTests {
  /// Algorithm 1 of Kingma and Ba, element by element.
  @Test(arguments: [0.0, 0.05]) func followsTheFormula(_ decay: Double) {
    var (w, m, v) = (start, [0.0, 0, 0], [0.0, 0, 0])
    let expected = (1...20).map { step in
      for i in w.indices {
        let g = steepness[i] * w[i] + decay * w[i]
        m[i] = 0.9 * m[i] + 0.1 * g
        v[i] = 0.999 * v[i] + 0.001 * g * g
        let (mean, square) = (m[i] / (1 - pow(0.9, Double(step))), v[i] / (1 - pow(0.999, Double(step))))
        w[i] -= 0.05 * mean / (square.squareRoot() + 1e-8)
      }
      return w
    }
    expectEqual(trajectory({ Adam([$0], learningRate: 0.05, weightDecay: decay) }, steps: 20), expected, 1e-10)
  }

  /// With the correction the first step has the size of the learning rate, whatever the gradient's.
  @Test func firstStepHasTheSizeOfTheRate() {
    let first = trajectory({ Adam([$0], learningRate: 0.05) }, steps: 1)[0]
    for (before, after) in zip(start, first) { #expect(abs(abs(before - after) - 0.05) < 1e-6) }
  }

  @Test func stateRestoresToTheBit() {
    expectExactResume { Adam([$0], learningRate: 0.05) }
  }
}
