import TensorCore

/// A pooling to test, and what it must give: plain loops in Float64, written from the formulas.
struct PoolingCase: Sendable, CustomStringConvertible {
  var input: [Int]
  var kernel: (height: Int, width: Int)
  var stride: (y: Int, x: Int)
  var padding: (top: Int, bottom: Int, left: Int, right: Int) = (0, 0, 0, 0)
  var roundsUp = false
  /// The output's height and width, worked out by hand.
  var size: (height: Int, width: Int)

  var output: [Int] { [input[0], input[1], size.height, size.width] }

  var geometry: PoolingGeometry {
    PoolingGeometry(
      kernel: PlaneSize(height: kernel.height, width: kernel.width),
      stride: PlaneSize(height: stride.y, width: stride.x),
      padding: .sides(top: padding.top, bottom: padding.bottom, left: padding.left, right: padding.right),
      roundsUp: roundsUp)
  }

  var description: String {
    "\(input) kernel \(kernel) stride \(stride) padding \(padding)\(roundsUp ? " rounding up" : "")"
  }

  /// Small shapes that reach every corner: planes of every vector width and its neighbours, rests, padding on each side.
  static let table: [PoolingCase] = [
    PoolingCase(input: [1, 1, 1, 1], kernel: (1, 1), stride: (1, 1), size: (1, 1)),
    PoolingCase(input: [0, 3, 4, 4], kernel: (2, 2), stride: (2, 2), size: (2, 2)),
    PoolingCase(input: [2, 3, 2, 2], kernel: (2, 2), stride: (2, 2), size: (1, 1)),
    PoolingCase(input: [1, 2, 7, 9], kernel: (2, 2), stride: (2, 2), size: (3, 4)),
    PoolingCase(input: [5, 6, 28, 28], kernel: (2, 2), stride: (2, 2), size: (14, 14)),
    PoolingCase(input: [3, 16, 10, 10], kernel: (2, 2), stride: (2, 2), size: (5, 5)),
    PoolingCase(input: [2, 1, 4, 34], kernel: (2, 2), stride: (2, 2), size: (2, 17)),
    PoolingCase(input: [1, 2, 6, 65], kernel: (2, 2), stride: (2, 2), size: (3, 32)),
    PoolingCase(input: [1, 1, 150, 150], kernel: (2, 2), stride: (2, 2), size: (75, 75)),
    PoolingCase(input: [2, 2, 7, 7], kernel: (3, 3), stride: (2, 2), size: (3, 3)),
    PoolingCase(input: [2, 2, 8, 8], kernel: (3, 3), stride: (2, 2), roundsUp: true, size: (4, 4)),
    PoolingCase(input: [1, 2, 5, 5], kernel: (2, 2), stride: (2, 2), roundsUp: true, size: (3, 3)),
    // The fourth window would start in the padding below, so it does not count.
    PoolingCase(
      input: [1, 1, 5, 5], kernel: (2, 2), stride: (2, 2), padding: (1, 1, 1, 1), roundsUp: true, size: (3, 3)),
    // Windows larger than the image, by less than a step.
    PoolingCase(input: [2, 3, 2, 2], kernel: (3, 3), stride: (2, 2), roundsUp: true, size: (1, 1)),
    PoolingCase(input: [1, 2, 1, 7], kernel: (2, 3), stride: (2, 2), roundsUp: true, size: (1, 3)),
    PoolingCase(
      input: [1, 2, 1, 2], kernel: (5, 5), stride: (3, 4), padding: (1, 1, 0, 1), roundsUp: true, size: (1, 1)),
    PoolingCase(input: [2, 3, 6, 5], kernel: (3, 2), stride: (1, 2), padding: (2, 1, 0, 1), size: (7, 3)),
    PoolingCase(input: [1, 3, 4, 6], kernel: (3, 3), stride: (1, 1), padding: (1, 1, 1, 1), size: (4, 6)),
    PoolingCase(input: [1, 2, 4, 4], kernel: (2, 2), stride: (3, 3), size: (1, 1)),
    PoolingCase(input: [2, 2, 20, 18], kernel: (20, 18), stride: (20, 18), size: (1, 1)),
  ]

  /// For each window, in order, the flat indices of its elements inside the image and the number that its mean counts.
  private func windows(countingPadding: Bool) -> [(elements: [Int], count: Int)] {
    var windows: [(elements: [Int], count: Int)] = []
    for plane in 0..<input[0] * input[1] {
      for y in 0..<size.height {
        for x in 0..<size.width {
          var elements: [Int] = [], padded = 0
          for i in (y * stride.y - padding.top)..<(y * stride.y - padding.top + kernel.height) {
            for j in (x * stride.x - padding.left)..<(x * stride.x - padding.left + kernel.width) {
              if i < input[2] + padding.bottom, j < input[3] + padding.right { padded += 1 }
              guard 0..<input[2] ~= i, 0..<input[3] ~= j else { continue }
              elements.append((plane * input[2] + i) * input[3] + j)
            }
          }
          windows.append((elements, countingPadding ? padded : elements.count))
        }
      }
    }
    return windows
  }

  /// The flat index of the first largest element of each window.
  func maximumIndices(_ values: [Double]) -> [Int] {
    windows(countingPadding: false).map { window in
      window.elements.dropFirst().reduce(window.elements[0]) { values[$1] > values[$0] ? $1 : $0 }
    }
  }

  func maximumGradient(_ gradient: [Double], _ values: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: values.count)
    for (index, share) in zip(maximumIndices(values), gradient) { result[index] += share }
    return result
  }

  func average(_ values: [Double], countingPadding: Bool) -> [Double] {
    windows(countingPadding: countingPadding).map { window in
      window.elements.reduce(0) { $0 + values[$1] } / Double(window.count)
    }
  }

  func averageGradient(_ gradient: [Double], countingPadding: Bool) -> [Double] {
    var result = [Double](repeating: 0, count: input.reduce(1, *))
    for (window, share) in zip(windows(countingPadding: countingPadding), gradient) {
      for element in window.elements { result[element] += share / Double(window.count) }
    }
    return result
  }

  /// The sum of each window over the elements inside the image.
  func sums(_ values: [Double]) -> [Double] {
    windows(countingPadding: false).map { window in window.elements.reduce(0) { $0 + values[$1] } }
  }

  /// Each number added to all elements of its window.
  func spread(_ numbers: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: input.reduce(1, *))
    for (window, number) in zip(windows(countingPadding: false), numbers) {
      for element in window.elements { result[element] += number }
    }
    return result
  }
}
