import TensorCore

/// A convolution along any number of axes, by its definition: what all layers of the family are compared with.
struct ConvolutionReference: Sendable {
  var batch = 2, channels = 4, filters = 6
  /// The axes after batch and channels.
  var sizes: [Int]
  var kernel: [Int]
  var stride: [Int]
  var dilation: [Int]
  /// Before and after each axis.
  var padding: [[Int]]
  /// Of a transposed convolution, more at the end of each axis.
  var outputPadding: [Int]
  var mode = PaddingMode.zeros
  var groups = 1

  /// Numbers left out are 1, those of the padding 0; a single one holds for all axes.
  init(
    batch: Int = 2, channels: Int = 4, filters: Int = 6, _ sizes: [Int], kernel: [Int], stride: [Int] = [1],
    dilation: [Int] = [1], padding: [[Int]] = [[0, 0]], outputPadding: [Int] = [0], mode: PaddingMode = .zeros,
    groups: Int = 1
  ) {
    func all<Element>(_ elements: [Element]) -> [Element] {
      elements.count == 1 ? Array(repeating: elements[0], count: sizes.count) : elements
    }
    (self.batch, self.channels, self.filters, self.sizes) = (batch, channels, filters, sizes)
    (self.kernel, self.stride, self.dilation) = (all(kernel), all(stride), all(dilation))
    (self.padding, self.outputPadding) = (all(padding), all(outputPadding))
    (self.mode, self.groups) = (mode, groups)
  }

  var input: [Int] { [batch, channels] + sizes }
  /// `[K, C/groups, …]`.
  var weight: [Int] { [filters, channels / groups] + kernel }
  /// `[C, K/groups, …]`.
  var transposedWeight: [Int] { [channels, filters / groups] + kernel }

  var name: String {
    "\(channels) to \(filters) by \(kernel), stride \(stride), dilation \(dilation), padding \(padding) \(mode), "
      + "output padding \(outputPadding), \(groups) groups"
  }

  /// Where tap `tap` of the window at `position` lies.
  private func place(_ position: [Int], _ tap: [Int]) -> [Int] {
    sizes.indices.map { axis -> Int in
      let start: Int = position[axis] * stride[axis] - padding[axis][0]
      return start + tap[axis] * dilation[axis]
    }
  }

  /// The element of an axis that stands at `place`, which may lie beside it; nil for a zero.
  static func source(_ place: Int, _ length: Int, _ mode: PaddingMode) -> Int? {
    if 0..<length ~= place { return place }
    return switch mode {
    case .zeros: nil
    case .reflect: place < 0 ? -place : 2 * (length - 1) - place
    case .replicate: place < 0 ? 0 : length - 1
    case .circular: (place + length) % length
    }
  }

  /// The element that stands at a place, along all axes; nil for a zero.
  private func sources(_ place: [Int]) -> [Int]? {
    let sources = sizes.indices.compactMap { Self.source(place[$0], sizes[$0], mode) }
    return sources.count == sizes.count ? sources : nil
  }

  /// Sums of products with the window at each position; inputs are image, weight and, if there is one, bias.
  @Sendable func forward(_ inputs: [Reference]) -> Reference {
    let positions = sizes.indices.map { axis -> Int in
      let room: Int = sizes[axis] + padding[axis][0] + padding[axis][1] - dilation[axis] * (kernel[axis] - 1) - 1
      return room / stride[axis] + 1
    }
    let taps = indices(of: kernel)
    return Reference([batch, filters] + positions) { index in
      let filter = index[1], position = Array(index[2...])
      var sum = inputs.count > 2 ? inputs[2][filter] : 0
      for channel in 0..<channels / groups {
        for tap in taps {
          guard let sources = sources(place(position, tap)) else { continue }
          let from: [Int] = [index[0], filter / (filters / groups) * (channels / groups) + channel] + sources
          sum += inputs[1][[filter, channel] + tap] * inputs[0][from]
        }
      }
      return sum
    }
  }

  /// Each element spreads the filters of its channel over the output.
  @Sendable func transposed(_ inputs: [Reference]) -> Reference {
    let lengths = sizes.indices.map { axis -> Int in
      let span: Int = (sizes[axis] - 1) * stride[axis] + dilation[axis] * (kernel[axis] - 1) + 1
      return span - padding[axis][0] - padding[axis][1] + outputPadding[axis]
    }
    var result = Reference([batch, filters] + lengths) { inputs.count > 2 ? inputs[2][$0[1]] : 0 }
    for index in indices(of: input) {
      for filter in 0..<filters / groups {
        for tap in indices(of: kernel) {
          let place = place(Array(index[2...]), tap)
          guard zip(place, lengths).allSatisfy({ 0..<$1 ~= $0 }) else { continue }
          let to: [Int] = [index[0], index[1] / (channels / groups) * (filters / groups) + filter] + place
          result[to] += inputs[0][index] * inputs[1][[index[1], filter] + tap]
        }
      }
    }
    return result
  }
}

/// A size for each axis, as layers of lines, images and volumes take them.
extension ConvolutionReference {
  /// What is put around an image.
  var planePadding: PlanePadding {
    .sides(top: padding[0][0], bottom: padding[0][1], left: padding[1][0], right: padding[1][1])
  }
  /// What is put around a volume.
  var volumePadding: VolumePadding {
    .sides(
      front: padding[0][0], back: padding[0][1], top: padding[1][0], bottom: padding[1][1], left: padding[2][0],
      right: padding[2][1])
  }
}

extension PlaneSize {
  init(_ sizes: [Int]) { self.init(height: sizes[0], width: sizes[1]) }
}

extension VolumeSize {
  init(_ sizes: [Int]) { self.init(depth: sizes[0], height: sizes[1], width: sizes[2]) }
}
