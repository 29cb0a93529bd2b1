import Foundation
import TensorCore
import Testing

@Suite struct LpPool2dTests {
  /// Each power against the sum formula, with the windows of the other poolings' table.
  @Test(arguments: PoolingCase.table, [1, 2, 3.5])
  func agreesWithPlainLoops(_ test: PoolingCase, power: Double) {
    var numbers = TestNumbers(seed: 8)
    let values = numbers.values(test.input), gradient = numbers.values(test.output)
    let sums = test.sums(values.map { pow(abs($0), power) })
    let norms = sums.map { pow($0, 1 / power) }
    let x = Tensor<Double>(numbers: values, shape: test.input)
    let y = x.lpPool2d(test.geometry, power: power)
    #expect(y.shape == Shape(test.output))
    #expect(y.error(from: norms) < 1e-13)
    let single = Tensor<Float>(numbers: values, shape: test.input).lpPool2d(test.geometry, power: power)
    #expect(single.error(from: norms) < 1e-5)

    let shares = zip(gradient, norms).map { $1 == 0 ? 0 : $0 * pow($1, 1 - power) }
    let expected = zip(values, test.spread(shares)).map { value, share in
      share * (value < 0 ? -1 : value > 0 ? 1 : 0) * pow(abs(value), power - 1)
    }
    let g = Tensor<Double>(numbers: gradient, shape: test.output)
    let result = g.lpPool2dGradient(input: x, output: y, geometry: test.geometry, power: power)
    #expect(result.error(from: expected) < 1e-12)
  }

  /// 3 and 4 have the Euclidean norm 5, and a window of zeros neither norm nor gradient.
  @Test func byHand() {
    let x = Tensor<Double>([3, -4, 0, 0], shape: [1, 1, 1, 4])
    let pairs = PoolingGeometry(kernel: PlaneSize(height: 1, width: 2))
    let y = x.lpPool2d(pairs, power: 2)
    #expect(y.scalars == [5, 0])
    let g = Tensor<Double>([1, 1], shape: [1, 1, 1, 2])
    let gradient = g.lpPool2dGradient(input: x, output: y, geometry: pairs, power: 2)
    #expect(gradient.error(from: [0.6, -0.8, 0, 0]) < 1e-15)
    #expect(x.lpPool2d(pairs, power: 1).scalars == [7, 0])
  }

  @Test func smallPowerStops() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([1, 1, 2, 2]).lpPool2d(PoolingGeometry(kernel: 2), power: 0.5)
    }
    #expect(result.says("[Lp pooling] the power must be at least 1 and finite, not 0.5"))
  }
}
