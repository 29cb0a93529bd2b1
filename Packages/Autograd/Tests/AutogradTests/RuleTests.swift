import Autograd
import TensorCore
import Testing

/// A rule and where to compare it with central differences.
struct RuleCase: Sendable, CustomTestStringConvertible {
  let name: String
  let shapes: [Shape]
  let range: ClosedRange<Double>
  let body: @Sendable ([Variable]) -> Variable

  init(
    _ name: String, _ shapes: [Shape], in range: ClosedRange<Double> = -1...1,
    _ body: @escaping @Sendable ([Variable]) -> Variable
  ) {
    self.name = name
    self.shapes = shapes
    self.range = range
    self.body = body
  }

  var testDescription: String { "\(name) \(shapes)" }

  /// Distinct, well-spread numbers: a shuffled even grid over the range, so that no two tie and none is near zero's kink
  /// by chance (the grid is offset by half a step).
  func inputs() -> [Tensor<Double>] {
    var random = RandomStream(seed: 11)
    return shapes.map { shape in
      let count = shape.count
      let order = (0..<count).shuffled(using: &random)
      let step = (range.upperBound - range.lowerBound) / Double(max(count, 1))
      return Tensor(order.map { range.lowerBound + (Double($0) + 0.37) * step }, shape: shape)
    }
  }
}

struct RuleTests {
  @Test(arguments: RuleCase.all) func agreesWithCentralDifferences(_ rule: RuleCase) {
    let report = checkGradients(rule.name, at: rule.inputs(), body: rule.body)
    #expect(report.passes(1e-6), "\(report)")
  }

  /// A product with one zero: only that element has a derivative, the product of the others; with two, none has.
  @Test func productWithZeros() {
    let tape = Tape()
    let x = tape.watch([[2, 0, 5], [0, 3, 0]] as Tensor<Double>)
    #expect(x.product(along: [1]).sum().gradients()[x]?.doubles == [[0, 10, 0], [0, 0, 0]])
  }

  /// Equal elements share the gradient of a maximum.
  @Test func equalMaximaShare() {
    let tape = Tape()
    let x = tape.watch(Tensor<Double>([3, 1, 3]))
    #expect(x.max().gradients()[x]?.doubles == [0.5, 0, 0.5])
  }

  @Test func powerOfZero() {
    let tape = Tape()
    let (x, y) = (tape.watch(Tensor<Double>([0])), tape.watch(Tensor<Double>([2])))
    let gradients = x.power(y).sum().gradients()
    #expect(gradients[x]?.doubles.scalars == [0])
    #expect(gradients[y]?.doubles.scalars == [0])
  }
}
