import Autograd
import TensorCore

/// Cross-correlation of images, for all geometries.
enum ConvolutionCases {
  static let all: [OperationCase] = variety.map(\.operation)

  /// One convolution: a line of the table.
  struct Row: Sendable {
    var n = 2, c = 3, h = 7, w = 6, k = 4
    var kernel = [3, 3], stride = [1, 1], dilation = [1, 1]
    /// Above, below, left, right.
    var padding = [0, 0, 0, 0]
    var groups = 1
    var bias = true

    var operation: OperationCase {
      let row = self
      let name =
        "conv2d of \(k) filters \(kernel), stride \(stride), dilation \(dilation), padding \(padding), \(groups) groups"
      let inputs = [[n, c, h, w], [k, c / groups] + kernel] + (bias ? [[k]] : [])
      let geometry = ConvolutionGeometry(
        kernel: PlaneSize(height: kernel[0], width: kernel[1]), stride: PlaneSize(height: stride[0], width: stride[1]),
        padding: .sides(top: padding[0], bottom: padding[1], left: padding[2], right: padding[3]),
        dilation: PlaneSize(height: dilation[0], width: dilation[1]), groups: groups)
      return OperationCase(name, inputs.map { Input($0) }) {
        $0[0].conv2d($0[1], bias: $0.count > 2 ? $0[2] : nil, geometry: geometry)
      } is: {
        row.reference($0)
      }
    }

    private func positions(_ length: Int, _ axis: Int) -> Int {
      (length + padding[2 * axis] + padding[2 * axis + 1] - dilation[axis] * (kernel[axis] - 1) - 1) / stride[axis] + 1
    }

    @Sendable func reference(_ inputs: [Reference]) -> Reference {
      let (x, weight) = (inputs[0], inputs[1])
      var result = Reference([n, k, positions(h, 0), positions(w, 1)])
      let (channels, filters) = (c / groups, k / groups)
      for image in 0..<n {
        for filter in 0..<k {
          for oy in 0..<result.sizes[2] {
            for ox in 0..<result.sizes[3] {
              var sum = inputs.count > 2 ? inputs[2][filter] : 0
              for channel in 0..<channels {
                for r in 0..<kernel[0] {
                  for s in 0..<kernel[1] {
                    let y = oy * stride[0] + r * dilation[0] - padding[0]
                    let xx = ox * stride[1] + s * dilation[1] - padding[2]
                    guard (0..<h).contains(y), (0..<w).contains(xx) else { continue }
                    sum += weight[filter, channel, r, s] * x[image, filter / filters * channels + channel, y, xx]
                  }
                }
              }
              result[image, filter, oy, ox] = sum
            }
          }
        }
      }
      return result
    }
  }

  private static let variety: [Row] = batches + geometries + channels + odd + phases + large

  /// Batches around the lanes of each form, for which the kernels differ.
  private static let batches: [Row] = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33].flatMap { n -> [Row] in
    [
      Row(n: n, c: 1, h: 6, w: 5, k: 3, kernel: [2, 3], padding: [1, 0, 0, 1]),
      Row(n: n, c: 2, h: 5, w: 5, k: 5, bias: false),
      Row(n: n, c: 4, h: 5, w: 6, k: 4, stride: [2, 2], padding: [1, 1, 1, 1], groups: 2),
      Row(n: n, c: 3, h: 4, w: 4, k: 3, padding: [1, 1, 1, 1], groups: 3),
      Row(n: n, c: 2, h: 8, w: 7, k: 2, dilation: [2, 2], padding: [2, 2, 2, 2]),
    ]
  }

  /// Every combination, for few images, for as many as fill the lanes, and for channels by groups.
  private static let geometries: [Row] = [(1, 2, 2, 1), (3, 4, 6, 2), (9, 2, 3, 1)].flatMap { n, c, k, groups in
    [[1, 1], [2, 2], [3, 3], [1, 3], [5, 2]].flatMap { kernel in
      [[1, 1], [2, 2], [1, 3]].flatMap { stride in
        [[1, 1], [2, 1]].flatMap { dilation in
          [[0, 0, 0, 0], [1, 1, 1, 1], [2, 1, 0, 3]].map { padding in
            Row(
              n: n, c: c, h: 9, w: 8, k: k, kernel: kernel, stride: stride, dilation: dilation, padding: padding,
              groups: groups)
          }
        }
      }
    }
  }

  /// Numbers of channels and filters around tiles and lanes, also so many that products are used.
  private static let channels: [Row] = [(1, 17), (17, 1), (16, 16), (5, 33), (24, 24), (25, 31), (32, 8)].flatMap {
    c, k -> [Row] in
    [
      Row(n: 1, c: c, h: 5, w: 5, k: k), Row(n: 9, c: c, h: 4, w: 4, k: k, padding: [1, 1, 1, 1]),
      Row(n: 2, c: c, h: 5, w: 6, k: k, kernel: [1, 1]),
      Row(n: 2, c: c, h: 5, w: 6, k: k, kernel: [1, 1], stride: [2, 2]),
    ]
  }

  /// Single positions, kernels larger than the image, strides past the end, many groups.
  private static let odd: [Row] = [
    Row(n: 1, c: 1, h: 1, w: 1, k: 1, kernel: [1, 1]), Row(n: 3, c: 2, h: 1, w: 1, k: 2, padding: [1, 1, 1, 1]),
    Row(n: 2, c: 2, h: 2, w: 3, k: 3, kernel: [5, 5], padding: [2, 2, 2, 2]),
    Row(n: 2, c: 2, h: 7, w: 7, k: 2, kernel: [7, 7]),
    Row(n: 2, c: 2, h: 9, w: 9, k: 2, kernel: [2, 2], stride: [4, 5]),
    Row(n: 9, c: 8, h: 5, w: 5, k: 8, groups: 8), Row(n: 1, c: 8, h: 5, w: 5, k: 16, groups: 8),
    Row(n: 5, c: 12, h: 5, w: 4, k: 6, groups: 3), Row(n: 8, c: 1, h: 3, w: 33, k: 2, kernel: [1, 5]),
    Row(n: 8, c: 1, h: 33, w: 3, k: 2, kernel: [5, 1]), Row(n: 2, c: 1, h: 17, w: 17, k: 1, stride: [3, 3]),
    Row(n: 4, c: 3, h: 6, w: 6, k: 2, dilation: [5, 5], padding: [5, 5, 5, 5]),
    Row(n: 2, c: 6, h: 4, w: 4, k: 12, kernel: [1, 1], groups: 2),
    Row(n: 1, c: 3, h: 6, w: 6, k: 4, padding: [3, 3, 3, 3]),
    Row(n: 8, c: 3, h: 6, w: 6, k: 4, padding: [3, 3, 3, 3]), Row(n: 2, c: 3, h: 4, w: 4, k: 4, padding: [0, 4, 4, 0]),
  ]

  /// Kernels that are a multiple of their stride, whose input's gradient has a way of its own; some leave a rest unseen.
  private static let phases: [Row] = [1, 9].flatMap { n -> [Row] in
    [
      Row(n: n, c: 3, h: 9, w: 11, k: 5, kernel: [4, 6], stride: [2, 3], padding: [1, 2, 3, 1]),
      Row(n: n, c: 4, h: 8, w: 9, k: 8, kernel: [4, 3], stride: [2, 3], padding: [0, 1, 2, 0], groups: 2),
      Row(n: n, c: 2, h: 11, w: 14, k: 4, kernel: [4, 4], stride: [4, 4]),
      Row(n: n, c: 3, h: 6, w: 8, k: 4, kernel: [3, 4], stride: [1, 2], padding: [2, 1, 1, 0]),
      Row(n: n, c: 6, h: 8, w: 8, k: 6, kernel: [2, 2], stride: [2, 2], padding: [1, 1, 1, 1], groups: 6),
      Row(n: n, c: 1, h: 12, w: 8, k: 3, kernel: [6, 4], stride: [3, 2], padding: [4, 0, 2, 5]),
    ]
  }

  /// Work for several blocks and threads.
  private static let large: [Row] = [
    Row(n: 17, c: 6, h: 14, w: 14, k: 16, kernel: [5, 5]),
    Row(n: 20, c: 1, h: 32, w: 32, k: 6, kernel: [5, 5], bias: false),
    Row(n: 3, c: 32, h: 12, w: 12, k: 40, padding: [1, 1, 1, 1]), Row(n: 9, c: 26, h: 9, w: 9, k: 33, stride: [2, 2]),
    Row(n: 40, c: 16, h: 8, w: 8, k: 16, padding: [1, 1, 1, 1], groups: 16),
    Row(n: 6, c: 40, h: 10, w: 10, k: 24, kernel: [1, 1]),
  ]
}
