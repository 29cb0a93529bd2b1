import CKernels

/// A walk over the elements of a result and of two operands that may repeat along some axes: rows of `inner` elements,
/// gathered in panels of `rowCount` rows whose distances are even, over any number of outer axes.
///
/// Neighbouring axes along which both operands go on evenly are joined first, so that most loops have one or two axes.
struct BroadcastLoop {
  /// Elements of a row.
  let inner: Int
  /// All rows of the result.
  let rows: Int
  private var sizes: [Int] = []
  private var left: [Int] = []
  private var right: [Int] = []

  init(_ shape: Shape, left leftShape: Shape, right rightShape: Shape) {
    let leftStrides = leftShape.strides(broadcastTo: shape), rightStrides = rightShape.strides(broadcastTo: shape)
    for axis in 0..<shape.rank where shape[axis] != 1 {
      if let last = sizes.indices.last, left[last] == leftStrides[axis] * shape[axis],
        right[last] == rightStrides[axis] * shape[axis]
      {
        sizes[last] *= shape[axis]
        (left[last], right[last]) = (leftStrides[axis], rightStrides[axis])
      } else {
        sizes.append(shape[axis])
        left.append(leftStrides[axis])
        right.append(rightStrides[axis])
      }
    }
    if sizes.isEmpty { (sizes, left, right) = ([1], [1], [1]) }
    inner = sizes[sizes.count - 1]
    rows = inner == 0 ? 0 : shape.count / inner
  }

  /// A piece of the walk: `rows` rows of `count` elements, starting at these offsets; `row` are the distances of rows.
  struct Panel {
    var output: Int
    var left: Int
    var right: Int
    var count: Int
    var rows: Int
    var leftRow: Int
    var rightRow: Int
  }

  /// Distances between neighbours within a row: 1, or 0 for an operand that repeats.
  var leftStep: Int { left[left.count - 1] }
  var rightStep: Int { right[right.count - 1] }

  /// Calls `body` with panels that cover the result, spread over the threads.
  func run(_ body: (Panel) -> Void) {
    if inner > Cut.blockSize {
      let pieces = (inner + Cut.blockSize - 1) / Cut.blockSize
      ThreadPool.run(blocks: rows * pieces) { block in
        let start = block % pieces * Cut.blockSize
        walk(rows: block / pieces..<block / pieces + 1, columns: start..<min(inner, start + Cut.blockSize), body)
      }
    } else {
      Cut.run(rows: rows, of: inner) { walk(rows: $0, columns: 0..<inner, body) }
    }
  }

  private func walk(rows: Range<Int>, columns: Range<Int>, _ body: (Panel) -> Void) {
    let axis = sizes.count - 2
    let panelRows = axis < 0 ? 1 : sizes[axis]
    var row = rows.lowerBound
    while row < rows.upperBound {
      let count = min(panelRows - row % panelRows, rows.upperBound - row)
      let start = offsets(ofRow: row)
      body(
        Panel(
          output: row * inner + columns.lowerBound,
          left: start.left + columns.lowerBound * leftStep, right: start.right + columns.lowerBound * rightStep,
          count: columns.count, rows: count,
          leftRow: axis < 0 ? 0 : left[axis], rightRow: axis < 0 ? 0 : right[axis]))
      row += count
    }
  }

  private func offsets(ofRow row: Int) -> (left: Int, right: Int) {
    var rest = row
    var offsets = (left: 0, right: 0)
    for axis in stride(from: sizes.count - 2, through: 0, by: -1) {
      offsets.left += rest % sizes[axis] * left[axis]
      offsets.right += rest % sizes[axis] * right[axis]
      rest /= sizes[axis]
    }
    return offsets
  }
}
