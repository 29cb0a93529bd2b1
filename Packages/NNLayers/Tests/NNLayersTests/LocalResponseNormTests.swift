import Autograd
import Foundation
import NNLayers
import TensorCore
import Testing

struct LocalResponseNormTests {
  /// Three channels of one position, n = 3, α = 3, β = 1/2, k = 1: s = 1 + the sum of the neighbours' squares.
  @Test func handComputed() throws {
    let y = try LocalResponseNorm(size: 3, alpha: 3, beta: 0.5).predict(Tensor([1, 2, 4], shape: [1, 3, 1, 1]))
    let expected: [Double] = [
      1 / (1.0 + 1 + 4).squareRoot(), 2 / (1.0 + 1 + 4 + 16).squareRoot(), 4 / 21.0.squareRoot(),
    ]
    for (got, expected) in zip(y.scalars, expected) { #expect(abs(Double(got) - expected) < 1e-6) }
  }

  @Test func wrongRankThrowsBeforehand() {
    let error = #expect(throws: InputError.self) { try LocalResponseNorm(size: 5).predict(.zeros([3])) }
    #expect(error?.description == "LocalResponseNorm takes an input of [N, C, …], this one is [3]")
  }
}
