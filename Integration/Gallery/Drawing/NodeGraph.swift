/// Nodes and what connects them, at places of one's choice.
public struct NodeGraph: Picture {
  /// A node: a disc with a word in it, or a box where there is more to say.
  public struct Node {
    let x: Double
    let y: Double
    let label: String
    let above: String
    let below: String
    let color: Color
    let radius: Double

    /// - Parameters:
    ///   - x: from 0 at the left to 1 at the right.
    ///   - y: from 0 at the top to 1 at the bottom.
    ///   - label: in the node.
    ///   - above: over it, such as its value.
    ///   - below: under it, such as its gradient.
    ///   - colour: default grey.
    ///   - radius: in pixels. Default 17.
    public init(
      x: Double, y: Double, _ label: String, above: String = "", below: String = "", color: Color = .gray,
      radius: Double = 17
    ) {
      (self.x, self.y, self.label, self.above, self.below) = (x, y, label, above, below)
      (self.color, self.radius) = (color, radius)
    }
  }

  private let title: String
  private let nodes: [Node]
  private let edges: [(from: Int, to: Int)]
  private let isDirected: Bool
  public let size: PictureSize

  /// - Parameters:
  ///   - title: above it.
  ///   - nodes: drawn over the edges.
  ///   - edges: by the nodes' numbers.
  ///   - isDirected: whether edges have heads. Default true.
  ///   - width: in pixels. Default 600.
  ///   - height: in pixels. Default 260.
  public init(
    _ title: String, _ nodes: [Node], edges: [(from: Int, to: Int)], isDirected: Bool = true, width: Double = 600,
    height: Double = 260
  ) {
    (self.title, self.nodes, self.edges, self.isDirected) = (title, nodes, edges, isDirected)
    size = PictureSize(width, height)
  }

  private func place(_ node: Node) -> (x: Double, y: Double) {
    (40 + node.x * (size.width - 80), 52 + node.y * (size.height - 96))
  }

  public var content: String {
    let lines = edges.map { edge -> String in
      let (a, b) = (place(nodes[edge.from]), place(nodes[edge.to]))
      let length = ((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)).squareRoot()
      guard isDirected, length > 0 else {
        return "<path class=\"edge\" d=\"M\(number(a.x)) \(number(a.y))L\(number(b.x)) \(number(b.y))\"/>"
      }
      let share = 1 - (nodes[edge.to].radius + 1) / length
      return Arrow.content(fromX: a.x, a.y, toX: a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)
    }
    let discs = nodes.map { node -> String in
      let (x, y) = place(node)
      let disc = "cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"\(number(node.radius))\""
      return "<circle class=\"paper\" \(disc)/><circle class=\"\(node.color.fill) \(node.color.stroke)\" "
        + "fill-opacity=\"0.3\" \(disc)/>" + text(node.label, x: x, y: y + 4, "middle")
        + (node.above.isEmpty ? "" : text(node.above, x: x, y: y - node.radius - 6, "middle"))
        + (node.below.isEmpty ? "" : text(node.below, x: x, y: y + node.radius + 15, "tick middle"))
    }
    return ([text(title, x: size.width / 2, y: 18, "title middle")] + lines + discs).joined(separator: "\n")
  }
}
