import Drawing
import Training

extension Topic {
  static let computationGraph = Topic(
    "computation-graph", "Values go forward through the graph, gradients back", draw: drawComputationGraph)
}

/// The graphs that one calculates by hand, with the tape's numbers.
private func drawComputationGraph(_ page: Page) throws {
  page.say(
    "relu(w·x + b) with w = (2, -3), x = (1, -1) and b = -3. Forward, each node calculates its value from those before it (above). "
      + "Back, each node multiplies the gradient that reaches it by its own slope (below): a product sends to each factor the "
      + "other factor, a sum sends the gradient on unchanged, ReLU stops it where its input is negative.")
  let unit = Graph()
  let (w1, x1) = (unit.leaf("w₁", 2, 0, 0), unit.leaf("x₁", 1, 0, 0.25))
  let (w2, x2) = (unit.leaf("w₂", -3, 0, 0.5), unit.leaf("x₂", -1, 0, 0.75))
  let b = unit.leaf("b", -3, 0, 1)
  let first = unit.node("×", w1 * x1, 0.33, 0.12), second = unit.node("×", w2 * x2, 0.33, 0.62)
  let total = unit.node("+", first + second + b, 0.66, 0.4)
  let output = unit.node("relu", total.relu(), 1, 0.4)
  let edges = [(0, 5), (1, 5), (2, 6), (3, 6), (5, 7), (6, 7), (4, 7), (7, 8)]
  let gradients = output.gradients()
  try page.show(
    unit.picture("relu(w·x + b): value above, gradient below", gradients, edges, height: 400), "relu",
    "The graph of relu of w times x plus b with values and gradients")
  page.expect("relu(2·1 + (-3)·(-1) - 3)", output.item, near: 2, within: 0, places: 0)
  let byHand: [(name: String, variable: Variable, gradient: Double)] = [
    ("∂/∂w₁ = x₁", w1, 1), ("∂/∂x₁ = w₁", x1, 2), ("∂/∂w₂ = x₂", w2, -1), ("∂/∂x₂ = w₂", x2, -3), ("∂/∂b", b, 1),
  ]
  for (name, variable, wanted) in byHand {
    page.expect(name, gradients[variable]?.doubles.scalar ?? .nan, near: wanted, within: 0, places: 0)
  }

  page.say(
    "Where several paths lead from a node to the result, their gradients add up: x² and 3x meet in a product, so x gets 2x·3x "
      + "from one path and 3·x² from the other. A weight that is used in several places, as a filter's at every pixel, is such a "
      + "node: its gradient is the sum over all places.")
  let paths = Graph()
  let x = paths.leaf("x", 2, 0, 0.5)
  let square = paths.node("x²", x.squared(), 0.5, 0.06), triple = paths.node("3x", x * 3, 0.5, 1)
  let product = paths.node("×", square * triple, 1, 0.5)
  let slopes = product.gradients()
  try page.show(
    paths.picture(
      "Two paths: 3x³ at x = 2, whose slope is 9x²", slopes, [(0, 1), (0, 2), (1, 3), (2, 3)], height: 260),
    "paths", "A graph of two paths from x to the product, with values and gradients")
  page.expect(
    "∂(x²·3x)/∂x at 2", slopes[x]?.doubles.scalar ?? .nan, near: 36, within: 0, places: 0)
}

/// A calculation that remembers where its nodes are drawn. A tape gives gradients of what is watched: to each node a watched
/// zero is added, whose gradient is the node's.
private final class Graph {
  private let tape = Tape()
  private var nodes: [(label: String, value: Double, watched: Variable, x: Double, y: Double)] = []

  func leaf(_ label: String, _ value: Double, _ x: Double, _ y: Double) -> Variable {
    let variable = tape.watch(Tensor<Double>(value))
    nodes.append((label, value, variable, x, y))
    return variable
  }

  func node(_ label: String, _ value: Variable, _ x: Double, _ y: Double) -> Variable {
    let zero = tape.watch(Tensor<Double>(0))
    nodes.append((label, value.item, zero, x, y))
    return value + zero
  }

  func picture(_ title: String, _ gradients: Gradients, _ edges: [(Int, Int)], height: Double) -> NodeGraph {
    let drawn = nodes.map { node in
      NodeGraph.Node(
        x: node.x, y: node.y, node.label, above: decimal(node.value, 0),
        below: gradients[node.watched].map { decimal($0.doubles.scalar, 0) } ?? "",
        color: node.x == 0 ? .blue : node.x == 1 ? .green : .gray)
    }
    return NodeGraph(title, drawn, edges: edges.map { (from: $0.0, to: $0.1) }, height: height)
  }
}
