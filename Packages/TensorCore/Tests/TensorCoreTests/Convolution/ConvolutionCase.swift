import TensorCore

/// A convolution to test, and what it must give: plain loops in Float64, written from the formula.
struct ConvolutionCase: Sendable, CustomStringConvertible {
  var input: [Int]
  /// Filters, and the kernel's height and width.
  var filters: Int
  var kernel: (height: Int, width: Int)
  var stride: (y: Int, x: Int) = (1, 1)
  var padding: (top: Int, bottom: Int, left: Int, right: Int) = (0, 0, 0, 0)
  var dilation: (y: Int, x: Int) = (1, 1)
  var groups = 1

  var weight: [Int] { [filters, input[1] / groups, kernel.height, kernel.width] }

  var geometry: ConvolutionGeometry {
    ConvolutionGeometry(
      kernel: PlaneSize(height: kernel.height, width: kernel.width),
      stride: PlaneSize(height: stride.y, width: stride.x),
      padding: .sides(top: padding.top, bottom: padding.bottom, left: padding.left, right: padding.right),
      dilation: PlaneSize(height: dilation.y, width: dilation.x), groups: groups)
  }

  var output: [Int] {
    let rows = input[2] + padding.top + padding.bottom - dilation.y * (kernel.height - 1) - 1
    let columns = input[3] + padding.left + padding.right - dilation.x * (kernel.width - 1) - 1
    return [input[0], filters, rows / stride.y + 1, columns / stride.x + 1]
  }

  var description: String {
    "\(input) * \(weight) stride \(stride) padding \(padding) dilation \(dilation) groups \(groups)"
  }

  /// Calls `visit` with the flat indices (output, weight, input) of every product of the sum.
  private func forEachProduct(_ visit: (Int, Int, Int) -> Void) {
    let (channels, height, width) = (input[1], input[2], input[3])
    let (groupChannels, groupFilters) = (channels / groups, filters / groups)
    var outputIndex = 0
    for n in 0..<output[0] {
      for k in 0..<filters {
        for y in 0..<output[2] {
          for x in 0..<output[3] {
            for c in 0..<groupChannels {
              for r in 0..<kernel.height {
                for s in 0..<kernel.width {
                  let i = y * stride.y + r * dilation.y - padding.top
                  let j = x * stride.x + s * dilation.x - padding.left
                  guard 0..<height ~= i, 0..<width ~= j else { continue }
                  let channel = k / groupFilters * groupChannels + c
                  visit(
                    outputIndex, ((k * groupChannels + c) * kernel.height + r) * kernel.width + s,
                    ((n * channels + channel) * height + i) * width + j)
                }
              }
            }
            outputIndex += 1
          }
        }
      }
    }
  }

  func forward(_ input: [Double], _ weight: [Double], _ bias: [Double]?) -> [Double] {
    let plane = output[2] * output[3]
    var result = (0..<output.reduce(1, *)).map { bias?[$0 / plane % filters] ?? 0 }
    forEachProduct { result[$0] += weight[$1] * input[$2] }
    return result
  }

  func inputGradient(_ gradient: [Double], _ weight: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: input.reduce(1, *))
    forEachProduct { result[$2] += weight[$1] * gradient[$0] }
    return result
  }

  func weightGradient(_ gradient: [Double], _ input: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: weight.reduce(1, *))
    forEachProduct { result[$1] += input[$2] * gradient[$0] }
    return result
  }

  func biasGradient(_ gradient: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: filters)
    for (index, value) in gradient.enumerated() { result[index / (output[2] * output[3]) % filters] += value }
    return result
  }
}
