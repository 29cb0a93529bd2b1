import Autograd
import NNLayers
import TensorCore

/// Adaptive and global pooling, along lines and in volumes, and what undoes a max pooling.
enum SpatialPoolingCases {
  static let all: [OperationCase] = adaptive + volumes + lines + unpooling + trained

  private static let places: [(input: [Int], output: [Int])] = [
    ([2, 3, 6, 6], [3, 3]), ([1, 2, 7, 5], [3, 2]), ([2, 1, 5, 5], [5, 5]), ([2, 3, 4, 6], [1, 1]),
    ([1, 2, 3, 4], [5, 7]),
    ([0, 2, 4, 4], [2, 2]), ([2, 2, 17, 16], [4, 7]), ([1, 1, 1, 1], [1, 1]), ([1, 1, 1, 1], [3, 2]),
    ([3, 2, 9, 33], [8, 16]),
    ([9, 7, 31, 33], [7, 7]), ([2, 5, 8, 8], [1, 8]), ([1, 3, 13, 13], [6, 6]),
  ]

  private static let adaptive: [OperationCase] = places.flatMap { input, output -> [OperationCase] in
    let size = PlaneSize(height: output[0], width: output[1])
    return [
      OperationCase("adaptive average pooling to \(output)", [Input(input)]) {
        $0[0].adaptiveAveragePool2d(to: size)
      } is: {
        $0[0].adaptivelyPooled(to: output, mean)
      },
      OperationCase("adaptive max pooling to \(output)", [Input(input)], bounds: .kinks) {
        $0[0].adaptiveMaxPool2d(to: size)
      } is: {
        $0[0].adaptivelyPooled(to: output) { $0.max() ?? 0 }
      },
      OperationCase("GlobalAveragePool2d beside \(output)", Input(input), GlobalAveragePool2d()) {
        let pooled = $0[0].adaptivelyPooled(to: [1, 1], mean)
        return Reference(Array(pooled.sizes.prefix(2)), elements: pooled.elements)
      },
      OperationCase("GlobalMaxPool2d beside \(output)", Input(input), GlobalMaxPool2d(keepsAxes: true), bounds: .kinks)
      {
        $0[0].adaptivelyPooled(to: [1, 1]) { $0.max() ?? 0 }
      },
    ]
  }

  private static func mean(_ numbers: [Double]) -> Double { numbers.reduce(0, +) / Double(numbers.count) }

  private static let boxes: [(input: [Int], kernel: [Int], stride: [Int], padding: [Int], roundsUp: Bool)] = [
    ([1, 2, 4, 4, 4], [2, 2, 2], [2, 2, 2], [0, 0, 0], false),
    ([2, 1, 5, 4, 6], [3, 2, 2], [1, 2, 2], [0, 0, 0], false),
    ([1, 2, 5, 5, 5], [3, 3, 3], [2, 2, 2], [1, 1, 1], false),
    ([1, 2, 4, 5, 3], [2, 3, 2], [2, 1, 1], [1, 0, 1], false),
    ([2, 2, 5, 5, 5], [2, 2, 2], [2, 2, 2], [0, 0, 0], true),
    ([1, 1, 5, 6, 7], [3, 3, 3], [2, 2, 2], [1, 1, 1], true),
    ([0, 2, 3, 3, 3], [2, 2, 2], [1, 1, 1], [0, 0, 0], false),
    ([3, 4, 6, 9, 17], [2, 3, 3], [2, 2, 2], [0, 1, 1], false),
  ]

  private static let volumes: [OperationCase] = boxes.flatMap { input, kernel, stride, padding, roundsUp in
    let geometry = VolumePoolingGeometry(
      kernel: volume(kernel), stride: volume(stride), padding: volume(padding), roundsUp: roundsUp)
    let windows = Windows(kernel, stride: stride, before: padding, roundsUp: roundsUp)
    let name = "\(kernel), stride \(stride), padding \(padding)\(roundsUp ? ", rounded up" : "")"
    return [
      OperationCase("maxPool3d \(name)", [Input(input)], bounds: .kinks) {
        $0[0].maxPool3d(geometry)
      } is: {
        windows.pool($0[0]) { window, _ in window.max() ?? 0 }
      }
    ]
      + [true, false].map { counts in
        OperationCase("averagePool3d \(name), \(counts ? "with" : "without") padding", [Input(input)]) {
          $0[0].averagePool3d(geometry, countingPadding: counts)
        } is: {
          windows.pool($0[0]) { $0.reduce(0, +) / Double(counts ? $1 : $0.count) }
        }
      }
      + [[1, 1, 1], [2, 3, 2], [4, 4, 5]].map { size in
        // A mean over all is near 0 and has the rounding of its summands, which are near 1.
        OperationCase("adaptiveAveragePool3d to \(size) beside \(name)", [Input(input)], bounds: .init(floor: 0.1)) {
          $0[0].adaptiveAveragePool3d(to: volume(size))
        } is: {
          $0[0].adaptivelyPooled(to: size, mean)
        }
      }
  }

  private static func volume(_ size: [Int]) -> VolumeSize {
    VolumeSize(depth: size[0], height: size[1], width: size[2])
  }

  private static let strings: [(input: [Int], kernel: Int, stride: Int, padding: Int, roundsUp: Bool)] = [
    ([2, 3, 8], 2, 2, 0, false), ([1, 2, 9], 3, 2, 1, false), ([2, 1, 7], 2, 2, 0, true), ([1, 1, 1], 1, 1, 0, false),
    ([0, 2, 5], 2, 1, 0, false), ([3, 2, 33], 4, 3, 2, false), ([2, 2, 16], 5, 1, 2, true),
    ([4, 5, 129], 3, 3, 0, true),
  ]

  private static let lines: [OperationCase] = strings.flatMap { input, kernel, stride, padding, roundsUp in
    let windows = Windows([kernel], stride: [stride], before: [padding], roundsUp: roundsUp)
    let name = "\(kernel), stride \(stride), padding \(padding)\(roundsUp ? ", rounded up" : "")"
    return [
      OperationCase(
        "MaxPool1d \(name)", Input(input), MaxPool1d(kernel, stride: stride, padding: padding, roundsUp: roundsUp),
        bounds: .kinks
      ) { windows.pool($0[0]) { window, _ in window.max() ?? 0 } },
      OperationCase("AdaptiveAveragePool1d beside \(name)", Input(input), AdaptiveAveragePool1d(3)) {
        $0[0].adaptivelyPooled(to: [3], mean)
      },
    ]
      + [true, false].map { counts in
        OperationCase(
          "AveragePool1d \(name), \(counts ? "with" : "without") padding", Input(input),
          AveragePool1d(kernel, stride: stride, padding: padding, roundsUp: roundsUp, countsPadding: counts)
        ) { windows.pool($0[0]) { $0.reduce(0, +) / Double(counts ? $1 : $0.count) } }
      }
  }

  /// Values, and the plane that they are put into: more values than places make some fall on others.
  private static let planes: [(values: [Int], size: [Int])] = [
    ([1, 1, 2, 2], [4, 4]), ([2, 3, 3, 2], [6, 5]), ([1, 2, 1, 1], [1, 1]), ([0, 2, 2, 2], [4, 4]),
    ([2, 2, 4, 4], [2, 3]),
    ([3, 5, 7, 8], [16, 17]), ([6, 9, 15, 16], [31, 33]),
  ]

  private static let unpooling: [OperationCase] = planes.flatMap { values, size -> [OperationCase] in
    let (height, width) = (size[0], size[1])
    let places = wholeNumbers(values.reduce(1, *), below: height * width)
    let window = Windows([2, 3])
    return [
      OperationCase("maxUnpool2d to \(size)", [Input(values)]) {
        $0[0].maxUnpool2d(indices: Tensor(places, shape: Shape(values)), size: PlaneSize(height: height, width: width))
      } is: { inputs in
        var result = Reference([values[0], values[1], height, width])
        for (number, index) in indices(of: values).enumerated() {
          result[index[0], index[1], Int(places[number]) / width, Int(places[number]) % width] = inputs[0][index]
        }
        return result
      },
      OperationCase("unpooled max pooling beside \(size)", [Input([values[0], values[1], 6, 9])], bounds: .kinks) {
        let (output, indices) = $0[0].maxPool2dWithIndices(
          PoolingGeometry(kernel: PlaneSize(height: 2, width: 3)))
        return output.maxUnpool2d(indices: indices, size: PlaneSize(height: 6, width: 9))
      } is: { inputs in
        let largest = window.pool(inputs[0]) { window, _ in window.max() ?? 0 }
        return Reference(inputs[0].sizes) { index in
          inputs[0][index] == largest[index[0], index[1], index[2] / 2, index[3] / 3] ? inputs[0][index] : 0
        }
      },
    ]
  }

  private static let trained: [OperationCase] = [
    ([2, 3, 6, 6], 2, 2), ([1, 6, 7, 8], 2, 2), ([2, 1, 9, 9], 3, 3), ([3, 4, 8, 7], 3, 1), ([0, 2, 4, 4], 2, 2),
    ([9, 6, 28, 28], 2, 2),
  ].map { (input: [Int], kernel: Int, stride: Int) in
    let layer = Subsampling2d(input[1], kernelSize: PlaneSize(kernel), stride: PlaneSize(stride))
    let windows = Windows([kernel, kernel], stride: [stride, stride])
    return OperationCase("Subsampling2d \(kernel), stride \(stride)", Input(input), layer) { inputs in
      let sums = windows.pool(inputs[0]) { window, _ in window.reduce(0, +) }
      return Reference(sums.sizes) { inputs[1][$0[1]] * sums[$0] + inputs[2][$0[1]] }
    }
  }
}
