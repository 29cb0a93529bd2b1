import CKernels

/// Weights in the order in which the kernels of an ``ImageChain`` read them.
enum ImageChainPacking {
  /// Filters of a block of planes; the blocks are nearly equal.
  private static let blockFilters = 6

  /// For each block of filters `[c][r][s][filter]`.
  static func planes(_ weight: UnsafePointer<Float>, _ shape: Shape) -> Storage<Float> {
    let packed = Storage<Float>(count: shape.count), filters = shape[0], taps = shape.count / filters
    let blocks = (filters + blockFilters - 1) / blockFilters
    var next = packed.start
    for block in 0..<blocks {
      for tap in 0..<taps {
        for filter in filters * block / blocks..<filters * (block + 1) / blocks {
          next.pointee = weight[filter * taps + tap]
          next += 1
        }
      }
    }
    return packed
  }

  /// For each two vectors of filters, or the last one, `[element of the patch][filter]`: the elements of a patch of pixels
  /// are `[r][s][c]`, of planes `[c][r][s]`.
  static func patches(_ weight: UnsafePointer<Float>, _ shape: Shape, ofPixels: Bool) -> Storage<Float> {
    let filters = shape[0], channels = shape[1], area = shape[2] * shape[3], elements = channels * area
    return panels(rows: elements, columns: filters, widths: { $0 > 1 ? 2 : 1 }) { element, filter in
      let tap = ofPixels ? element % channels * area + element / channels : element
      return weight[filter * elements + tap]
    }
  }

  /// For each panel of columns `[input][column]`.
  static func product(inputs: Int, outputs: Int, _ element: (_ input: Int, _ output: Int) -> Float) -> Storage<Float> {
    panels(rows: inputs, columns: outputs, widths: nt_chain_panel, element)
  }

  /// Panels of as many vectors of columns as `widths` says for those that are left, with zeros beyond the last column.
  private static func panels(
    rows: Int, columns: Int, widths: (Int) -> Int, _ element: (_ row: Int, _ column: Int) -> Float
  ) -> Storage<Float> {
    let lanes = nt_lane_count(), vectors = (columns + lanes - 1) / lanes
    let packed = Storage<Float>(count: rows * vectors * lanes)
    var next = packed.start
    var first = 0
    while first < vectors {
      let width = widths(vectors - first)
      for row in 0..<rows {
        for column in first * lanes..<(first + width) * lanes {
          next.pointee = column < columns ? element(row, column) : 0
          next += 1
        }
      }
      first += width
    }
    return packed
  }

  /// A bias, or zeros, to whole vectors.
  static func bias(_ bias: Tensor<Float>?, count: Int) -> Storage<Float> {
    let lanes = nt_lane_count(), packed = Storage<Float>(count: (count + lanes - 1) / lanes * lanes)
    packed.start.update(repeating: 0, count: packed.count)
    guard let storage = bias?.storage else { return packed }
    packed.start.update(from: storage.start, count: count)
    return withExtendedLifetime(storage) { packed }
  }
}
