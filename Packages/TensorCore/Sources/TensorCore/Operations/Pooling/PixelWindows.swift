import CKernels

/// The windows of a pooling for kernels that go through channels-last images.
struct PixelWindows {
  /// Windows along one axis: see `nt_window_axis`.
  struct Axis {
    let length: Int
    let size: Int
    /// What window w covers of the input: first[w] ..< end[w].
    let first: [Int]
    let end: [Int]
    /// What its mean divides by.
    let count: [Int]
    /// Where its element number 0 would be, perhaps in the padding.
    let origin: [Int]
    /// Position i of the input is in the windows from[i] ..< to[i].
    let from: [Int]
    let to: [Int]

    init(length: Int, size: Int, first: [Int], end: [Int], count: [Int], origin: [Int]) {
      (self.length, self.size, self.first, self.end) = (length, size, first, end)
      (self.count, self.origin) = (count, origin)
      // Neither end of a window lies before that of the one before it, so that two marks move forward.
      var (from, to): ([Int], [Int]) = ([], [])
      var (low, high) = (0, 0)
      for i in 0..<length {
        while low < end.count, end[low] <= i { low += 1 }
        while high < first.count, first[high] <= i { high += 1 }
        from.append(low)
        to.append(max(low, high))
      }
      (self.from, self.to) = (from, to)
    }

    fileprivate func withArguments(_ body: (nt_window_axis) -> Void) {
      first.withUnsafeBufferPointer { first in
        end.withUnsafeBufferPointer { end in
          count.withUnsafeBufferPointer { count in
            origin.withUnsafeBufferPointer { origin in
              from.withUnsafeBufferPointer { from in
                to.withUnsafeBufferPointer { to in
                  body(
                    nt_window_axis(
                      length: length, windows: first.count, size: size, first: first.baseAddress, end: end.baseAddress,
                      count: count.baseAddress, origin: origin.baseAddress, from: from.baseAddress,
                      to: to.baseAddress))
                }
              }
            }
          }
        }
      }
    }
  }

  let images: Int
  let channels: Int
  let rows: Axis
  let columns: Axis

  /// Calls `body` with ranges of rows of the output of all images, spread over the threads.
  func forEachOutputRow(_ body: (UnsafePointer<nt_pixel_windows>, Range<Int>) -> Void) {
    let work = columns.first.count * channels * rows.size * columns.size
    forEach(row: images * rows.first.count, work, body)
  }

  /// Calls `body` with ranges of rows of the input of all images, spread over the threads.
  func forEachInputRow(_ body: (UnsafePointer<nt_pixel_windows>, Range<Int>) -> Void) {
    forEach(row: images * rows.length, 2 * columns.length * channels, body)
  }

  private func forEach(row count: Int, _ work: Int, _ body: (UnsafePointer<nt_pixel_windows>, Range<Int>) -> Void) {
    rows.withArguments { rows in
      columns.withArguments { columns in
        withUnsafePointer(to: nt_pixel_windows(rows: rows, columns: columns, channels: channels)) { arguments in
          Cut.run(rows: count, of: work) { body(arguments, $0) }
        }
      }
    }
  }
}

extension PoolingShapes {
  /// The windows for channels-last kernels.
  func pixelWindows(countingPadding: Bool = false) -> PixelWindows {
    let p = arguments
    return PixelWindows(
      images: input[0], channels: input[1],
      rows: Self.axis(
        p.height, p.out_height, p.kernel_height, p.stride_y, p.pad_top, p.padded_height, countingPadding),
      columns: Self.axis(
        p.width, p.out_width, p.kernel_width, p.stride_x, p.pad_left, p.padded_width, countingPadding))
  }

  private static func axis(
    _ length: Int, _ windows: Int, _ size: Int, _ stride: Int, _ before: Int, _ padded: Int, _ countingPadding: Bool
  ) -> PixelWindows.Axis {
    let origin = (0..<windows).map { $0 * stride - before }
    let first = origin.map { max($0, 0) }, end = origin.map { min($0 + size, length) }
    let count = origin.indices.map { w in
      countingPadding ? min(origin[w] + size, padded) - origin[w] : end[w] - first[w]
    }
    return PixelWindows.Axis(length: length, size: size, first: first, end: end, count: count, origin: origin)
  }
}

extension AdaptiveWindows {
  /// The windows for channels-last kernels.
  var pixelWindows: PixelWindows {
    let (height, width) = (arguments.out_height, arguments.out_width)
    let rows = (Array(bounds[..<height]), Array(bounds[height..<2 * height]))
    let columns = (
      Array(bounds[(2 * height)..<(2 * height + width)]), Array(bounds[(2 * height + width)..<(2 * height + 2 * width)])
    )
    return PixelWindows(
      images: input[0], channels: input[1], rows: Self.axis(arguments.height, rows.0, rows.1),
      columns: Self.axis(arguments.width, columns.0, columns.1))
  }

  private static func axis(_ length: Int, _ first: [Int], _ end: [Int]) -> PixelWindows.Axis {
    let count = zip(first, end).map { $1 - $0 }
    return PixelWindows.Axis(
      length: length, size: count.max() ?? 0, first: first, end: end, count: count, origin: first)
  }
}

/// Pooling of channels-last Floats.
extension Tensor where Scalar: FloatingScalar {
  /// The elements of a channels-last tensor of Float, or nil for others.
  var channelsLastFloats: UnsafeMutablePointer<Float>? {
    guard isChannelsLast, Scalar.self == Float.self else { return nil }
    return UnsafeMutableRawPointer(memory.start).assumingMemoryBound(to: Float.self)
  }

  /// The elements of a tensor of Float in the order in which they lie.
  var orderedFloats: UnsafeMutablePointer<Float> {
    UnsafeMutableRawPointer(memory.start).assumingMemoryBound(to: Float.self)
  }

  func averaged(_ windows: PixelWindows, to shape: Shape) -> Tensor {
    // One pixel has no order of its own: the result may be row-major by name, with the same elements.
    let result = Tensor(uninitializedChannelsLast: shape)
    let from = orderedFloats, to = result.orderedFloats
    windows.forEachOutputRow { nt_pixel_average($0, $1.lowerBound, $1.upperBound, from, to) }
    withExtendedLifetime((self, result)) {}
    return result
  }

  func averagedGradient(_ windows: PixelWindows, to shape: Shape) -> Tensor {
    let gradient = channelsLast(), result = Tensor(uninitializedChannelsLast: shape)
    let from = gradient.orderedFloats, to = result.orderedFloats
    windows.forEachInputRow { nt_pixel_average_gradient($0, $1.lowerBound, $1.upperBound, from, to) }
    withExtendedLifetime((gradient, result)) {}
    return result
  }
}
