import Autograd
import NNLayers
import TensorCore

/// Convolution layers of lines, images and volumes, and their transposes.
enum ConvolutionLayerCases {
  static let all: [OperationCase] =
    lines + images + volumes + transposedLines + transposedImages + partial + separable

  private typealias Row = ConvolutionReference

  private static let lineRows: [Row] = [
    Row([11], kernel: [3]), Row(batch: 1, channels: 1, filters: 1, [1], kernel: [1]),
    Row([12], kernel: [4], stride: [2], padding: [[1, 2]]), Row([13], kernel: [3], dilation: [3], padding: [[3, 3]]),
    Row([9], kernel: [3], groups: 2), Row(batch: 0, [9], kernel: [3]),
    Row(batch: 17, [9], kernel: [5], padding: [[2, 2]]),
    Row(batch: 9, channels: 6, filters: 6, [8], kernel: [3], groups: 6), Row([5], kernel: [9], padding: [[4, 4]]),
    Row(batch: 3, channels: 30, filters: 33, [40], kernel: [3], padding: [[1, 1]]),
    Row(batch: 8, channels: 2, filters: 3, [65], kernel: [7], stride: [3]), Row([10], kernel: [3], padding: [[2, 0]]),
  ]

  private static let lineModes: [Row] = modes.flatMap { mode in
    [
      Row([9], kernel: [3], padding: [[1, 1]], mode: mode), Row([9], kernel: [5], padding: [[3, 1]], mode: mode),
      Row(batch: 9, channels: 2, filters: 3, [8], kernel: [3], stride: [2], padding: [[2, 2]], mode: mode),
    ]
  }

  private static let modes: [PaddingMode] = [.reflect, .replicate, .circular]

  private static let lines: [OperationCase] = (lineRows + lineModes).flatMap { row in
    [true, false].map { hasBias in
      let layer = Conv1d(
        row.channels, row.filters, kernelSize: row.kernel[0], stride: row.stride[0],
        padding: .sides(before: row.padding[0][0], after: row.padding[0][1]), paddingMode: row.mode,
        dilation: row.dilation[0], groups: row.groups, bias: hasBias)
      return OperationCase("Conv1d \(row.name), bias \(hasBias)", Input(row.input), layer, is: row.forward)
    }
  }

  private static let imageRows: [Row] = modes.flatMap { mode in
    [
      Row([6, 5], kernel: [3, 3], padding: [[1, 1], [1, 1]], mode: mode),
      Row([6, 7], kernel: [5, 3], stride: [2, 1], padding: [[3, 2], [0, 4]], mode: mode),
      Row(batch: 9, channels: 2, filters: 2, [5, 5], kernel: [3, 3], padding: [[2, 2]], mode: mode, groups: 2),
      Row(batch: 1, [5, 6], kernel: [3, 2], dilation: [2, 1], padding: [[2, 2], [1, 0]], mode: mode),
      Row(batch: 0, [5, 6], kernel: [3, 3], padding: [[1, 1]], mode: mode),
    ]
  }

  private static let images: [OperationCase] = imageRows.map { row in
    let layer = Conv2d(
      row.channels, row.filters, kernelSize: PlaneSize(row.kernel), stride: PlaneSize(row.stride),
      padding: row.planePadding, paddingMode: row.mode, dilation: PlaneSize(row.dilation), groups: row.groups)
    return OperationCase("Conv2d \(row.name)", Input(row.input), layer, is: row.forward)
  }

  private static let volumeRows: [Row] =
    [
      Row(channels: 2, filters: 3, [4, 5, 3], kernel: [3, 3, 3]),
      Row(batch: 1, channels: 1, filters: 1, [1, 1, 1], kernel: [1, 1, 1]),
      Row(
        channels: 2, filters: 3, [5, 4, 4], kernel: [3, 2, 3], stride: [2, 1, 2], padding: [[1, 1], [0, 1], [2, 0]]),
      Row(channels: 2, filters: 4, [5, 4, 4], kernel: [2, 2, 2], dilation: [3, 1, 2], groups: 2),
      Row(batch: 0, channels: 2, filters: 3, [3, 3, 3], kernel: [2, 2, 2]),
      Row(batch: 9, channels: 2, filters: 2, [3, 4, 4], kernel: [3, 3, 3], padding: [[1, 1]]),
      Row(
        batch: 1, channels: 3, filters: 4, [2, 4, 5], kernel: [3, 3, 3], stride: [3, 2, 1],
        padding: [[2, 3], [1, 1], [1, 1]]),
      Row(batch: 1, channels: 8, filters: 8, [3, 3, 3], kernel: [1, 1, 1]),
      Row(batch: 1, channels: 24, filters: 25, [3, 4, 4], kernel: [3, 3, 3], padding: [[1, 1]]),
      Row(channels: 3, filters: 3, [4, 3, 3], kernel: [4, 1, 1], groups: 3),
      // From the planes of the input, whose patches are many.
      Row(channels: 4, filters: 2, [6, 4, 3], kernel: [2, 3, 3], padding: [[1, 0], [1, 1], [0, 2]], groups: 2),
      Row(
        batch: 9, channels: 2, filters: 2, [7, 3, 4], kernel: [3, 3, 2], dilation: [2, 1, 1],
        padding: [[1, 3], [1, 1], [0, 0]]),
      Row(channels: 6, filters: 4, [5, 4, 4], kernel: [2, 2, 2], stride: [1, 2, 1]),
    ]
    + modes.map {
      Row(channels: 2, filters: 3, [4, 5, 4], kernel: [3, 3, 2], padding: [[1, 2], [1, 1], [3, 0]], mode: $0)
    }

  private static let volumes: [OperationCase] = volumeRows.flatMap { row in
    [true, false].map { hasBias in
      let layer = Conv3d(
        row.channels, row.filters, kernelSize: VolumeSize(row.kernel), stride: VolumeSize(row.stride),
        padding: row.volumePadding, paddingMode: row.mode, dilation: VolumeSize(row.dilation), groups: row.groups,
        bias: hasBias)
      return OperationCase("Conv3d \(row.name), bias \(hasBias)", Input(row.input), layer, is: row.forward)
    }
  }

  private static let transposedLineRows: [Row] = [
    Row([7], kernel: [3]), Row([5], kernel: [4], stride: [2], padding: [[1, 1]]),
    Row([5], kernel: [3], stride: [3], padding: [[0, 1]], outputPadding: [2]),
    Row([6], kernel: [3], dilation: [2], groups: 2),
    Row(batch: 9, channels: 3, filters: 2, [6], kernel: [5], padding: [[2, 2]]), Row(batch: 0, [6], kernel: [2]),
    Row(batch: 1, channels: 40, filters: 24, [19], kernel: [4], stride: [2], padding: [[1, 1]]),
  ]

  private static let transposedLines: [OperationCase] = transposedLineRows.flatMap { row in
    [true, false].map { hasBias in
      let layer = ConvTranspose1d(
        row.channels, row.filters, kernelSize: row.kernel[0], stride: row.stride[0],
        padding: .sides(before: row.padding[0][0], after: row.padding[0][1]), outputPadding: row.outputPadding[0],
        dilation: row.dilation[0], groups: row.groups, bias: hasBias)
      return OperationCase("ConvTranspose1d \(row.name), bias \(hasBias)", Input(row.input), layer, is: row.transposed)
    }
  }

  private static let transposedImageRows: [Row] =
    batches.map {
      Row(batch: $0, channels: 2, filters: 3, [3, 4], kernel: [3, 3], stride: [2, 2], padding: [[1, 1]])
    }
    + geometries + [
      Row(batch: 1, channels: 1, filters: 1, [1, 1], kernel: [1, 1]),
      Row(batch: 1, channels: 32, filters: 26, [6, 5], kernel: [3, 3], padding: [[1, 1]]),
      Row(batch: 2, channels: 33, filters: 16, [8, 8], kernel: [4, 4], stride: [2, 2], padding: [[1, 1]]),
      Row(batch: 9, channels: 8, filters: 8, [5, 5], kernel: [3, 3], stride: [2, 2], groups: 8),
      Row(batch: 20, channels: 4, filters: 2, [9, 9], kernel: [5, 5], padding: [[2, 2]]),
      Row([3, 3], kernel: [2, 2], stride: [4, 3], outputPadding: [3, 1]),
    ]

  private static let batches = [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33]

  private static let geometries: [Row] = [(1, 2, 2, 1), (3, 4, 6, 2), (9, 2, 3, 1)].flatMap {
    batch, channels, filters, groups -> [Row] in
    [[1, 1], [2, 2], [3, 3], [2, 4]].flatMap { kernel -> [Row] in
      [[1, 1], [2, 2], [1, 3]].flatMap { stride -> [Row] in
        [[1, 1], [2, 1]].flatMap { dilation -> [Row] in
          [[[0, 0], [0, 0]], [[1, 1], [1, 1]], [[0, 1], [2, 0]]].map { padding in
            Row(
              batch: batch, channels: channels, filters: filters, [4, 5], kernel: kernel, stride: stride,
              dilation: dilation, padding: padding, outputPadding: stride.map { $0 / 2 }, groups: groups)
          }
        }
      }
    }
  }

  private static let transposedImages: [OperationCase] = transposedImageRows.map { row in
    let layer = ConvTranspose2d(
      row.channels, row.filters, kernelSize: PlaneSize(row.kernel), stride: PlaneSize(row.stride),
      padding: row.planePadding, outputPadding: PlaneSize(row.outputPadding), dilation: PlaneSize(row.dilation),
      groups: row.groups)
    return OperationCase(
      "ConvTranspose2d \(row.name), batch \(row.batch)", Input(row.input), layer, is: row.transposed)
  }
}

/// Layers made of convolutions.
extension ConvolutionLayerCases {
  private static let tables: [(channels: Int, table: [[Int]])] = [
    (1, [[0]]), (3, [[0, 2], [1], [2, 0, 1]]), (6, PartialConv2d.lenet5Connections),
  ]

  private static let partial: [OperationCase] = tables.flatMap { channels, table in
    [1, 9].map { batch in
      let layer = PartialConv2d(channels, connections: table, kernelSize: 3, stride: 2, padding: 1)
      let row = Row(
        batch: batch, channels: channels, filters: table.count, [6, 5], kernel: [3, 3], stride: [2], padding: [[1, 1]])
      return OperationCase("PartialConv2d of \(table.count) outputs", Input(row.input), layer) { inputs in
        var weight = Reference(row.weight)
        let pairs = table.enumerated().flatMap { output, seen in seen.map { (output, $0) } }
        for (number, (output, channel)) in pairs.enumerated() {
          for r in 0..<3 {
            for s in 0..<3 { weight[output, channel, r, s] = inputs[1][number, r, s] }
          }
        }
        return row.forward([inputs[0], weight, inputs[2]])
      }
    }
  }

  private static let separable: [OperationCase] = [(1, 1), (9, 2)].map { batch, multiplier in
    let layer = SeparableConv2d(3, 5, kernelSize: 3, multiplier: multiplier, stride: 2, padding: 1)
    let deep = Row(
      batch: batch, channels: 3, filters: 3 * multiplier, [7, 6], kernel: [3, 3], stride: [2], padding: [[1, 1]],
      groups: 3)
    let point = Row(batch: batch, channels: 3 * multiplier, filters: 5, [4, 3], kernel: [1, 1])
    return OperationCase("SeparableConv2d, \(multiplier) filters a channel", Input(deep.input), layer) { inputs in
      point.forward([deep.forward([inputs[0], inputs[1]]), inputs[2], inputs[3]])
    }
  }
}
