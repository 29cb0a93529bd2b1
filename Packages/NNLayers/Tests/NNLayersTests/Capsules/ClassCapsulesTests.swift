import Autograd
import Foundation
import NNLayers
import TensorCore
import Testing

struct ClassCapsulesTests {
  /// Two capsules u₁ = u₂ = 1 of one element, two of two above, which they predict as
  ///
  ///     û[1|1] = (u₁, 0)   û[2|1] = (0, 2 u₁)      û[1|2] = (u₂, 0)   û[2|2] = (0, 0)
  ///
  /// φ(x) = x² / (1 + x²) is the new length of a vector of length x. Equal shares first: s₁ = ((u₁ + u₂) / 2, 0) = (1, 0) and
  /// s₂ = (0, u₁) = (0, 1), so that v₁ = (1/2, 0) and v₂ = (0, 1/2). Agreements û · v:
  ///
  ///     b[1,1] = 1/2   b[1,2] = 1      b[2,1] = 1/2   b[2,2] = 0
  ///
  /// Capsule 1 turns to the second capsule, capsule 2 to the first: with q = 1 / (1 + e^(-1/2)) the shares are 1 - q and q,
  /// q and 1 - q. Then s₁ = ((1 - q) + q, 0) = (1, 0) and s₂ = (0, 2q): v₁ = (1/2, 0), v₂ = (0, 4q² / (1 + 4q²)).
  private static let q: Double = 1 / (1 + exp(-0.5))

  private static func layer(iterations: Int) -> ClassCapsules {
    let layer = ClassCapsules(2, 2, inputDimension: 1, dimension: 2, iterations: iterations)
    layer.weight.value = .double(Tensor([1, 0, 1, 0, 0, 2, 0, 0], shape: [2, 2, 2, 1]))
    return layer
  }

  @Test func sharesAreEqualAtFirst() {
    let y = Self.layer(iterations: 1)(Variable(Tensor<Double>.ones([1, 2, 1])), Self.double)
    expectClose(y, [0.5, 0, 0, 0.5])
  }

  /// The slopes of v₁'s first and v₂'s second element, weighed by 2 and 1, with t = q (1 - q), the slope of the share, and
  /// φ' = 2x / (1 + x²)², which is 1/2 at 1 and f = 4q / (1 + 4q²)² at 2q. The first v₁ and v₂ depend on u as well, so by u₁ and
  /// u₂
  ///
  ///     b[1,1] = u₁ φ((u₁ + u₂) / 2)   3/4, 1/4       b[1,2] = 2 u₁ φ(u₁)   2, 0
  ///     b[2,1] = u₂ φ((u₁ + u₂) / 2)   1/4, 3/4       b[2,2] = 0
  ///     c[1,2], by b[1,2] - b[1,1]     5t/4, -t/4     c[2,1]                t/4, 3t/4
  ///     s₁ = (1 - c[1,2]) u₁ + c[2,1] u₂              1 - q - 5t/4 + t/4, q + t/4 + 3t/4
  ///     s₂ = 2 c[1,2] u₁                              2q + 5t/2, -t/2
  ///
  /// and together 2 · 1/2 of s₁ and f of s₂. Were the gradient cut at the shares, all terms with t would be missing.
  @Test func twoIterationsByHand() throws {
    let q = Self.q, t: Double = q * (1 - q)
    let squared: Double = 1 + 4 * q * q
    let f: Double = 4 * q / (squared * squared)
    let tape = Tape()
    let u = tape.watch(Tensor<Double>.ones([1, 2, 1]))
    let context = Context(mode: .training, precision: .double, tape: tape)
    let y = Self.layer(iterations: 2)(u, context)
    expectClose(y, [0.5, 0, 0, 4 * q * q / squared])
    let weights = Variable(Tensor<Double>([2, 0, 0, 1], shape: [1, 2, 2]))
    let gradients = (y * weights).sum().gradients()
    let du: [Double] = [(1 - q - t) + f * (2 * q + 2.5 * t), (q + t) - f * t / 2]
    expectClose(Variable(try #require(gradients[u])), du)
  }

  /// What the capsules below agree on gets longer with each iteration, what they disagree on stays 0.
  @Test func agreementGrows() {
    let agreed = [1, 2, 3, 4, 5].map { iterations -> [Double] in
      let layer = ClassCapsules(2, 2, inputDimension: 1, dimension: 2, iterations: iterations)
      layer.weight.value = .double(Tensor([1, 0, 1, 0, 0, 1, 0, -1], shape: [2, 2, 2, 1]))
      return layer(Variable(Tensor<Double>.ones([1, 2, 1])), Self.double).lengths().doubles.scalars
    }
    #expect(zip(agreed, agreed.dropFirst()).allSatisfy { $0[0] < $1[0] })
    #expect(agreed.allSatisfy { $0[1] == 0 && $0[0] < 1 })
  }

  @Test func gradientsAgree() {
    var random = RandomStream(seed: 2)
    let x = Tensor<Double>.normal([2, 5, 3], using: &random)
    let layer = seeded(3) { ClassCapsules(5, 3, inputDimension: 3, dimension: 4, initializer: .normal(deviation: 1)) }
    #expect(gradientError(layer, at: x) < 1e-6)
  }

  @Test func namesShapesAndCost() throws {
    let layer = ClassCapsules(12, 10, inputDimension: 8, dimension: 16)
    #expect(layer.namedState.map(\.name) == ["weight"])
    #expect(layer.parameters.map(\.shape) == [[10, 12, 16, 8]])
    #expect(try layer.predict(.zeros([3, 12, 8])).shape == [3, 10, 16])
    #expect(try layer.summary(for: [1, 12, 8]).multiplyAdds == 12 * 10 * 16 * 8 + 4 * 12 * 10 * 16)
  }

  @Test func wrongInputsStopOrThrow() async {
    let error = #expect(throws: InputError.self) { try Self.layer(iterations: 1).predict(.zeros([1, 3, 1])) }
    #expect(error?.description == "ClassCapsules takes an input of [N, 2, 1], this one is [1, 3, 1]")
    await #expect(processExitsWith: .failure) {
      _ = ClassCapsules(2, 2, inputDimension: 1, dimension: 2)(Tensor<Float>.zeros([2, 2]), .inference)
    }
    await #expect(processExitsWith: .failure) {
      _ = ClassCapsules(2, 2, inputDimension: 1, dimension: 2, iterations: 0)
    }
  }

  private static var double: Context { Context(mode: .inference, precision: .double) }
}
