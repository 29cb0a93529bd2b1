import Autograd
import Foundation
import NNLayers
import TensorCore

/// A calculation by the kernels in use, compared with a plain loop.
struct SelfTest: Sendable {
  let name: String
  /// The largest error that rounding explains, by the largest value.
  let bound: Double
  /// The largest difference, by the largest value.
  let largestError: @Sendable () -> Double

  static let all = [
    SelfTest(name: "matrix product", bound: 1e-6, largestError: matmul),
    SelfTest(name: "convolution", bound: 2e-5, largestError: convolution),
    SelfTest(name: "gradients", bound: 1e-6, largestError: gradients),
    SelfTest(name: "sums", bound: 1e-6, largestError: sums),
  ]

  private static func matmul() -> Double {
    var random = RandomStream(seed: 1)
    let a = Tensor<Float>.normal([37, 53], using: &random), b = Tensor<Float>.normal([53, 91], using: &random)
    return difference(a.matmul(b).scalars, product(doubles(a), doubles(b), 37, 91, 53))
  }

  private static func convolution() -> Double {
    var random = RandomStream(seed: 2)
    let (channels, filters, side) = (32, 48, 12)
    let x = Tensor<Float>.normal([2, channels, side, side], using: &random)
    let w = Tensor<Float>.normal([filters, channels, 3, 3], using: &random)
    let (input, weight) = (doubles(x), doubles(w))
    var expected: [Double] = []
    for image in 0..<2 {
      for filter in 0..<filters {
        for place in 0..<(side * side) {
          var sum = 0.0
          for row in 0..<3 {
            for column in 0..<3 {
              let (y, z) = (place / side + row - 1, place % side + column - 1)
              guard (0..<side).contains(y), (0..<side).contains(z) else { continue }
              for channel in 0..<channels {
                sum +=
                  input[((image * channels + channel) * side + y) * side + z]
                  * weight[((filter * channels + channel) * 3 + row) * 3 + column]
              }
            }
          }
          expected.append(sum)
        }
      }
    }
    return difference(x.conv2d(w, geometry: ConvolutionGeometry(kernel: 3, padding: 1)).scalars, expected)
  }

  /// Of Σ tanh(x W)²: 2 tanh (1 - tanh²) goes back through the product.
  private static func gradients() -> Double {
    var random = RandomStream(seed: 3)
    let x = Tensor<Float>.normal([9, 20], using: &random)
    let w = Tensor<Float>.normal([20, 11], deviation: 0.2, using: &random)
    let tape = Tape()
    let weight = tape.watch(w)
    let output = Variable(.float(x)).matmul(weight).tanh()
    let gradient = (output * output).sum().gradients()[weight]?.floats.scalars ?? []
    let slopes = product(doubles(x), doubles(w), 9, 11, 20).map { (sum: Double) -> Double in
      let value = tanh(sum)
      return 2 * value * (1 - value * value)
    }
    let left = doubles(x)
    var transposed: [Double] = []
    for column in 0..<20 { for row in 0..<9 { transposed.append(left[row * 20 + column]) } }
    return difference(gradient, product(transposed, slopes, 20, 11, 9))
  }

  private static func sums() -> Double {
    var random = RandomStream(seed: 4)
    let x = Tensor<Float>.normal([1000, 33], using: &random)
    let ones = [Double](repeating: 1, count: 1000)
    return difference(x.sum(along: [0]).scalars, product(ones, doubles(x), 1, 33, 1000))
  }

  private static func doubles(_ tensor: Tensor<Float>) -> [Double] { tensor.scalars.map { Double($0) } }

  /// The product of an m × k and a k × n matrix.
  private static func product(_ left: [Double], _ right: [Double], _ m: Int, _ n: Int, _ k: Int) -> [Double] {
    var result = [Double](repeating: 0, count: m * n)
    for row in 0..<m {
      for inner in 0..<k {
        let factor = left[row * k + inner]
        for column in 0..<n { result[row * n + column] += factor * right[inner * n + column] }
      }
    }
    return result
  }

  /// Infinite where the numbers do not go together or are not finite.
  private static func difference(_ values: [Float], _ expected: [Double]) -> Double {
    guard values.count == expected.count, values.allSatisfy(\.isFinite) else { return .infinity }
    let largest = expected.map(abs).max() ?? 1
    return zip(values, expected).map { abs(Double($0) - $1) }.max().map { $0 / largest } ?? .infinity
  }
}
