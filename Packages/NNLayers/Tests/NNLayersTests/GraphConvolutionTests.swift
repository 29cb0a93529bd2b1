import Autograd
import NNLayers
import TensorCore
import Testing

struct GraphConvolutionTests {
  private static var path: SparseMatrix {
    SparseMatrix.adjacency(nodeCount: 3, edges: [(0, 1), (1, 2)]).normalizedWithSelfLoops()
  }

  /// The path 0 – 1 – 2: A + I has row sums 2, 3, 2, so that with s = 1/√6
  ///
  ///     Â = 1/2  s   0        x = 1   W = 1    b = (0, 1)   x Wᵀ = 1 -1
  ///          s  1/3  s            2      -1                        2 -2
  ///          0   s  1/2           4                                4 -4
  ///
  ///     Â x = 1/2 + 2s, 5s + 2/3, 2 + 2s = z, and y = (z, 1 - z)
  ///
  /// Backwards from G = (1 0, 0 1, 2 0): Âᵀ G = (1/2 s, 3s 1/3, 1 s); times W, dx = 1/2 - s, 3s - 1/3, 1 - s;
  /// dW = (Âᵀ G)ᵀ x = 1/2 + 6s + 4, s + 2/3 + 4s; db = the sums of G's columns = 3, 1.
  @Test func handComputed() throws {
    let layer = GraphConvolution(1, 2, graph: Self.path)
    layer.weight.value = .float([[1], [-1]])
    layer.bias?.value = .float([0, 1])
    let tape = Tape()
    let x = tape.watch(Tensor<Double>([1, 2, 4], shape: [3, 1]))
    let y = layer(x, Context(mode: .training, precision: .double, tape: tape))
    let s: Double = 1 / 6.0.squareRoot()
    let z: [Double] = [0.5 + 2 * s, 5 * s + 2 / 3.0, 2 + 2 * s]
    expectClose(y, z.flatMap { [$0, 1 - $0] })
    let g = Variable(Tensor<Double>([1, 0, 0, 1, 2, 0], shape: [3, 2]))
    let gradients = (y * g).sum().gradients()
    let dx: [Double] = [0.5 - s, 3 * s - 1 / 3.0, 1 - s]
    let dw: [Double] = [4.5 + 6 * s, 2 / 3.0 + 5 * s]
    expectClose(Variable(try #require(gradients[x])), dx)
    expectClose(Variable(try #require(gradients[layer.weight])), dw)
    let bias = try #require(layer.bias)
    expectClose(Variable(try #require(gradients[bias])), [3, 1])
  }

  /// Nodes may be numbered in any order: with P x for x the output is P y.
  @Test func equivariantToTheOrderOfNodes() throws {
    let edges = [(0, 1), (0, 2), (3, 4), (1, 4)]
    let order: [Int64] = [3, 0, 4, 1, 2]
    let place = order.indices.map { node in order.firstIndex(of: Int64(node)) ?? 0 }
    func layer(_ edges: [(Int, Int)]) -> GraphConvolution {
      let graph = SparseMatrix.adjacency(nodeCount: 5, edges: edges).normalizedWithSelfLoops()
      return seeded(3) { GraphConvolution(4, 3, graph: graph) }
    }
    var random = RandomStream(seed: 2)
    let x = Tensor<Float>.normal([5, 4], using: &random)
    let y = try layer(edges).predict(x)
    let moved = try layer(edges.map { (place[$0.0], place[$0.1]) }).predict(x.take(Tensor(order)))
    for (got, expected) in zip(moved.scalars, y.take(Tensor(order)).scalars) { #expect(abs(got - expected) < 1e-6) }
  }

  @Test func namesShapesAndFirstValues() {
    let layer = seeded(1) { GraphConvolution(30, 20, graph: Self.path) }
    #expect(layer.namedState.map(\.name) == ["weight", "bias"])
    #expect(layer.parameters.map(\.shape) == [[20, 30], [20]])
    // Glorot and Bengio's bound is √(6 / (30 + 20)).
    let bound = Float(6 / 50.0).squareRoot()
    #expect(layer.weight.value.floats.scalars.allSatisfy { abs($0) <= bound })
    #expect(layer.weight.value.floats.scalars.contains { abs($0) > 0.95 * bound })
    #expect(layer.bias?.value.floats == .zeros([20]))
    #expect(GraphConvolution(3, 2, graph: Self.path, bias: false).parameterCount == 6)
  }

  @Test func gradientsAgree() {
    var random = RandomStream(seed: 2)
    let x = Tensor<Double>.normal([3, 4], using: &random)
    #expect(gradientError(seeded(2) { GraphConvolution(4, 5, graph: Self.path) }, at: x) < 1e-6)
  }

  /// Three nodes, two edges: 7 entries of Â, 3 · 4 · 5 products for X Wᵀ and 5 for each entry.
  @Test func productsAreCounted() throws {
    let summary = try GraphConvolution(4, 5, graph: Self.path).summary(for: [3, 4])
    #expect(summary.multiplyAdds == 60 + 35)
    #expect(summary.parameterCount == 25)
  }

  @Test func wrongInputsStopOrThrow() async {
    let error = #expect(throws: InputError.self) { try GraphConvolution(4, 5, graph: Self.path).predict([[1, 2]]) }
    let message = "GraphConvolution takes an input of [3, 4], the features of each node, this one is [1, 2]"
    #expect(error?.description == message)
    await #expect(processExitsWith: .failure) {
      _ = GraphConvolution(4, 5, graph: Self.path)(Tensor<Float>.zeros([4, 4]), .inference)
    }
    await #expect(processExitsWith: .failure) {
      _ = GraphConvolution(4, 5, graph: SparseMatrix(rowCount: 3, columnCount: 2, entries: []))
    }
  }
}
