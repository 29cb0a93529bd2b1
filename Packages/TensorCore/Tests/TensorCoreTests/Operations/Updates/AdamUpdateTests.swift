import Foundation
import TensorCore
import Testing

/// Three steps against the formulas of the paper, written out in Double.
@Suite struct AdamUpdateTests {
  static func steps(_ start: [Double], _ gradients: [[Double]], decay: Double, decoupled: Bool) -> [Double] {
    var p = start, m = start.map { _ in 0.0 }, v = start.map { _ in 0.0 }
    for (index, gradient) in gradients.enumerated() {
      let t = Double(index + 1)
      for i in start.indices {
        if decoupled { p[i] *= 1 - 0.01 * decay }
        let d = gradient[i] + (decoupled ? 0 : decay * p[i])
        m[i] = 0.9 * m[i] + 0.1 * d
        v[i] = 0.99 * v[i] + 0.01 * d * d
        p[i] -= 0.01 * (m[i] / (1 - pow(0.9, t))) / ((v[i] / (1 - pow(0.99, t))).squareRoot() + 1e-6)
      }
    }
    return p
  }

  static func update<Scalar: FloatingScalar>(
    _ start: [Scalar], _ gradients: [[Scalar]], decay: Double, decoupled: Bool
  ) -> [Scalar] {
    var p = filled([start.count], with: start)
    var m = Tensor<Scalar>.zeros(p.shape), v = Tensor<Scalar>.zeros(p.shape)
    for (index, gradient) in gradients.enumerated() {
      p.adamUpdate(
        gradient: filled(p.shape, with: gradient), mean: &m, square: &v, step: index + 1, learningRate: 0.01,
        beta1: 0.9, beta2: 0.99, epsilon: 1e-6, weightDecay: decay, decoupledWeightDecay: decoupled)
    }
    return p.scalars
  }

  @Test(arguments: [0, 0.1], [false, true]) func followsTheFormulas(_ decay: Double, _ decoupled: Bool) {
    for length in lengths + [70_001] {
      let start = spread(length, as: Float.self).map(Double.init)
      let gradients = (1...3).map { spread(length, seed: $0, as: Float.self).map(Double.init) }
      let exact = Self.steps(start, gradients, decay: decay, decoupled: decoupled)
      let doubles = Self.update(start, gradients, decay: decay, decoupled: decoupled)
      #expect(zip(doubles, exact).allSatisfy { Swift.abs($0 - $1) < 1e-13 })
      withEachForm { form in
        let runs = withEachThreadCount {
          Self.update(
            start.map { Float($0) }, gradients.map { $0.map { Float($0) } }, decay: decay, decoupled: decoupled)
        }
        #expect(zip(runs[0], exact).allSatisfy { Swift.abs(Double($0) - $1) < 1e-5 }, "\(form) \(length)")
        #expect(runs[1] == runs[0])
        #expect(runs[2] == runs[0])
      }
    }
  }

  @Test func shapesThatDifferStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var p = Tensor<Float>.zeros([2]), m = Tensor<Float>.zeros([2]), v = Tensor<Float>.zeros([3])
      p.adamUpdate(gradient: .zeros([2]), mean: &m, square: &v, step: 1, learningRate: 1)
    }
    #expect(result.says("the parameters have the shape [2], the gradient [2], the mean [2], the mean square [3]"))
    await #expect(processExitsWith: .failure) {
      var p = Tensor<Float>.zeros([2]), m = Tensor<Float>.zeros([2]), v = Tensor<Float>.zeros([2])
      p.adamUpdate(gradient: .zeros([2]), mean: &m, square: &v, step: 0, learningRate: 1)
    }
  }
}
