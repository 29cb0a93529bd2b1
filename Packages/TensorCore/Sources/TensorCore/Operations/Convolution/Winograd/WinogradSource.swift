import CKernels

/// What a pass transforms: a map, seen from one place or from several.
///
/// A kernel of more than 3×3 taps is a sum of kernels of 3×3, each of which looks three rows or columns further on:
///
///     Σ_{r < 5} w_r d_{y+r} = Σ_{r < 3} w_r d_{y+r} + Σ_{r < 3} w_{3+r} d_{y+3+r},   w₅ = 0.
///
/// So a convolution with 5×5 taps is one with 3×3 taps over four times as many channels, those of the map from four
/// places: 9 multiplications for an output in place of 25, as F(2×2, 5×5) would take, and the outputs are transformed back
/// once.
struct WinogradSource {
  let map: nt_winograd_map
  /// How many rows and columns further on the map is seen.
  let places: [(row: Int, column: Int)]

  /// Channels, those of all places.
  var channels: Int { places.count * map.channels }

  /// Bᵀ d B of some tiles, the places' channels side by side.
  func transform(_ input: UnsafePointer<Float>, _ tiles: Range<Int>, _ values: nt_winograd_matrices) {
    for (index, place) in places.enumerated() {
      var (map, part) = (map, values)
      map.pad_top -= place.row
      map.pad_left -= place.column
      part.start += index * map.channels
      nt_winograd_input(&map, input, tiles.lowerBound, tiles.count, part)
    }
  }
}

/// Kernels `[K, C, R, S]` as sums of kernels of 3×3 taps.
struct WinogradKernels {
  private let filters: Int
  private let channels: Int
  private let height: Int
  private let width: Int
  /// Where the parts begin.
  let places: [(row: Int, column: Int)]

  init(_ weight: Shape) {
    let (height, width) = (weight[2], weight[3])
    (filters, channels, self.height, self.width) = (weight[0], weight[1], height, width)
    places = stride(from: 0, to: height, by: 3).flatMap { row in
      stride(from: 0, to: width, by: 3).map { (row: row, column: $0) }
    }
  }

  /// `[K, places, C, 3, 3]`, with zeros where a part is larger than what is left.
  func split(_ weight: UnsafePointer<Float>) -> Storage<Float> {
    split(weight, filters, channels, outputStep: channels * height * width, inputStep: height * width, isFlipped: false)
  }

  /// `[C, places, K, 3, 3]` of the kernels read backwards: those of the gradient of the input.
  func splitForInputGradient(_ weight: UnsafePointer<Float>) -> Storage<Float> {
    split(weight, channels, filters, outputStep: height * width, inputStep: channels * height * width, isFlipped: true)
  }

  private func split(
    _ weight: UnsafePointer<Float>, _ outputs: Int, _ inputs: Int, outputStep: Int, inputStep: Int, isFlipped: Bool
  ) -> Storage<Float> {
    let parts = Storage<Float>(count: outputs * places.count * inputs * 9)
    let last = height * width - 1
    ThreadPool.run(blocks: outputs) { output in
      for (index, place) in places.enumerated() {
        for input in 0..<inputs {
          let from = weight + output * outputStep + input * inputStep
          let to = parts.start + ((output * places.count + index) * inputs + input) * 9
          forEachTap(of: place) { tap, whole in to[tap] = whole.map { from[isFlipped ? last - $0 : $0] } ?? 0 }
        }
      }
    }
    return parts
  }

  /// The inverse for the gradient of the weights: `[K, places, C, 3, 3]` to `[K, C, R, S]`.
  func join(_ parts: UnsafePointer<Float>, into weight: UnsafeMutablePointer<Float>) {
    ThreadPool.run(blocks: filters) { filter in
      for (index, place) in places.enumerated() {
        for channel in 0..<channels {
          let from = parts + ((filter * places.count + index) * channels + channel) * 9
          let to = weight + (filter * channels + channel) * height * width
          forEachTap(of: place) { tap, whole in if let whole { to[whole] = from[tap] } }
        }
      }
    }
  }

  /// The nine taps of a part, and which of the whole kernel they are; nil beyond its end.
  @inline(__always)
  private func forEachTap(of place: (row: Int, column: Int), _ body: (Int, Int?) -> Void) {
    for row in 0..<3 {
      for column in 0..<3 {
        let (y, x) = (place.row + row, place.column + column)
        body(3 * row + column, y < height && x < width ? y * width + x : nil)
      }
    }
  }
}
