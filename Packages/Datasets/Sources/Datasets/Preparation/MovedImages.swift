import TensorCore

extension PreparedImages {
  /// Images of bytes in memory, flipped and cropped as the steps say and normalised by the table: one pass over the pixels,
  /// with the bits of the way by intensities.
  func moved(
    _ indices: [Int], by augmenter: Augmenter?, _ moves: [any RearrangingTransform],
    to part: (Int) -> UnsafeMutableBufferPointer<Float>
  ) {
    guard let table else { return }
    let whole = Rearrangement(dataset.imageSize)
    dataset.pixels.withUnsafeBufferPointer { pixels in
      table.withUnsafeBufferPointer { table in
        let imageCount = pixels.count / dataset.count
        for (position, index) in indices.enumerated() {
          var rearrangement = whole
          if let augmenter, !moves.isEmpty {
            var random = augmenter.random(sample: index)
            rearrangement = Rearrangement(moves, size: dataset.imageSize, using: &random)
          }
          let image = UnsafeBufferPointer(rebasing: pixels[(index * imageCount)..<((index + 1) * imageCount)])
          write(image, rearrangement, table, to: part(position))
        }
      }
    }
  }

  /// One image, `[C, H, W]`.
  private func write(
    _ image: UnsafeBufferPointer<UInt8>, _ moves: Rearrangement, _ table: UnsafeBufferPointer<Float>,
    to target: UnsafeMutableBufferPointer<Float>
  ) {
    let (size, outer, padding) = (dataset.imageSize, preprocessing.outputSize, preprocessing.padding)
    let isWhole = moves.region == ImageRegion(top: 0, left: 0, size: size)
    guard let from = image.baseAddress, let to = target.baseAddress, let values = table.baseAddress else { return }
    for channel in 0..<dataset.channels {
      let plane = to + channel * outer.area
      let values = values + channel * 256
      let pixels = from + channel * size.area
      if padding > 0 { plane.update(repeating: preprocessing.normalized(0, channel: channel), count: outer.area) }
      if !isWhole {
        for row in 0..<size.height {
          (plane + (padding + row) * outer.width + padding).update(repeating: values[0], count: size.width)
        }
      }
      let (rows, columns) = (moves.region.rows(of: size), moves.region.columns(of: size))
      guard !rows.isEmpty, !columns.isEmpty else { continue }
      let (place, left) = (rows.lowerBound - moves.region.top, moves.region.left)
      let line = padding + (moves.isUpsideDown ? moves.region.size.height - 1 - place : place)
      let start = moves.isMirrored ? moves.region.size.width - (columns.upperBound - left) : columns.lowerBound - left
      ByteRows.lookUp(
        pixels + rows.lowerBound * size.width + columns.lowerBound, stride: size.width, in: values, rows: rows.count,
        columns: columns.count, isMirrored: moves.isMirrored, to: plane + line * outer.width + padding + start,
        stride: moves.isUpsideDown ? -outer.width : outer.width)
    }
  }
}
