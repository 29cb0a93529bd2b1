/// Numbers with a shape, as the references see them: an array, an index per axis, loops. Shares nothing with the library.
struct Reference: Sendable {
  /// The size of each axis, outermost first.
  let sizes: [Int]
  /// The numbers in row-major order.
  var elements: [Double]

  init(_ sizes: [Int], elements: [Double]) {
    precondition(elements.count == sizes.reduce(1, *))
    self.sizes = sizes
    self.elements = elements
  }

  init(_ sizes: [Int], repeating value: Double = 0) {
    self.init(sizes, elements: Array(repeating: value, count: sizes.reduce(1, *)))
  }

  /// By its definition: one value for each index.
  init(_ sizes: [Int], _ element: ([Int]) -> Double) {
    self.init(sizes, elements: indices(of: sizes).map(element))
  }

  init(_ value: Double) { self.init([], elements: [value]) }

  var rank: Int { sizes.count }
  var count: Int { elements.count }

  /// Each element by itself.
  func map(_ transform: (Double) -> Double) -> Reference { Reference(sizes, elements: elements.map(transform)) }

  /// The axis, counted from the end when negative.
  func axis(_ axis: Int) -> Int { axis < 0 ? axis + rank : axis }

  subscript(index: [Int]) -> Double {
    get { elements[place(index)] }
    set { elements[place(index)] = newValue }
  }

  subscript(i: Int) -> Double {
    get { elements[i] }
    set { elements[i] = newValue }
  }

  subscript(i: Int, j: Int) -> Double {
    get { elements[i * sizes[1] + j] }
    set { elements[i * sizes[1] + j] = newValue }
  }

  subscript(i: Int, j: Int, k: Int) -> Double {
    get { elements[(i * sizes[1] + j) * sizes[2] + k] }
    set { elements[(i * sizes[1] + j) * sizes[2] + k] = newValue }
  }

  subscript(n: Int, c: Int, y: Int, x: Int) -> Double {
    get { elements[((n * sizes[1] + c) * sizes[2] + y) * sizes[3] + x] }
    set { elements[((n * sizes[1] + c) * sizes[2] + y) * sizes[3] + x] = newValue }
  }

  /// The element that broadcasting puts at `index` of a shape of at least this rank.
  subscript(broadcast index: [Int]) -> Double {
    let own = index.suffix(rank)
    return self[zip(own, sizes).map { $1 == 1 ? 0 : $0 }]
  }

  private func place(_ index: [Int]) -> Int {
    precondition(index.count == rank && zip(index, sizes).allSatisfy { 0 <= $0 && $0 < $1 })
    return zip(index, sizes).reduce(0) { $0 * $1.1 + $1.0 }
  }
}

/// Every index of a shape, in row-major order.
func indices(of sizes: [Int]) -> [[Int]] {
  sizes.reduce([[]]) { starts, size in starts.flatMap { start in (0..<size).map { start + [$0] } } }
}

/// The shape that two shapes broadcast to.
func broadcastSizes(_ a: [Int], _ b: [Int]) -> [Int] {
  let rank = max(a.count, b.count)
  let (x, y) = (Array(repeating: 1, count: rank - a.count) + a, Array(repeating: 1, count: rank - b.count) + b)
  return zip(x, y).map { $0 == 1 ? $1 : $0 }
}

extension Double {
  /// The nearest `Float`.
  var asFloat: Double { Double(Float(self)) }
}
