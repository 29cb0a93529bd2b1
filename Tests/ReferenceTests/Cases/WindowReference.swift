/// How a pooling window slides, for any number of axes behind images and channels.
struct Windows: Sendable {
  var kernel: [Int]
  var stride: [Int]
  var before: [Int]
  var after: [Int]
  var roundsUp = false

  init(_ kernel: [Int], stride: [Int]? = nil, before: [Int]? = nil, after: [Int]? = nil, roundsUp: Bool = false) {
    self.kernel = kernel
    self.stride = stride ?? kernel
    self.before = before ?? kernel.map { _ in 0 }
    self.after = after ?? before ?? kernel.map { _ in 0 }
    self.roundsUp = roundsUp
  }

  /// The number of positions along an axis of the given length.
  private func positions(_ axis: Int, _ length: Int) -> Int {
    let room = length + before[axis] + after[axis] - kernel[axis]
    guard roundsUp else { return room / stride[axis] + 1 }
    let last = (room + stride[axis] - 1) / stride[axis]
    // A window that would begin in the padding behind does not count.
    return last * stride[axis] >= length + before[axis] ? last : last + 1
  }

  /// One result from each window's elements inside the image, and the number of those inside the padded image.
  func pool(_ x: Reference, _ formula: ([Double], Int) -> Double) -> Reference {
    let lengths = Array(x.sizes.dropFirst(2))
    return Reference(Array(x.sizes.prefix(2)) + lengths.indices.map { positions($0, lengths[$0]) }) { index in
      var (inside, padded): ([Double], Int) = ([], 0)
      for tap in indices(of: kernel) {
        let place = tap.indices.map { index[$0 + 2] * stride[$0] + tap[$0] - before[$0] }
        guard place.indices.allSatisfy({ place[$0] < lengths[$0] + after[$0] }) else { continue }
        padded += 1
        guard place.indices.allSatisfy({ (0..<lengths[$0]).contains(place[$0]) }) else { continue }
        inside.append(x[index.prefix(2) + place])
      }
      return formula(inside, padded)
    }
  }
}

extension Reference {
  /// One result from each of `counts` windows that cover the axes behind images and channels: window i of O of an axis
  /// of N elements is floor(i·N/O) ..< ceil((i + 1)·N/O).
  func adaptivelyPooled(to counts: [Int], _ formula: ([Double]) -> Double) -> Reference {
    Reference(Array(sizes.prefix(2)) + counts) { index in
      let ranges = counts.indices.map { axis in
        let (n, o, i) = (sizes[axis + 2], counts[axis], index[axis + 2])
        return (i * n / o)..<(((i + 1) * n + o - 1) / o)
      }
      let places = indices(of: ranges.map(\.count)).map { zip($0, ranges).map { $0 + $1.lowerBound } }
      return formula(places.map { self[index.prefix(2) + $0] })
    }
  }
}
