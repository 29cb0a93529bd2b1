extension Inflater {
  /// What one round of the inner loop may write: a literal and the longest match.
  static let room = 1 + 258

  /// Why the inner loop stopped.
  private enum Event {
    case endOfBlock, full, cut, badCode, badDistance(Int)
  }

  /// Decodes the literals and matches of one block.
  mutating func decode(_ literals: HuffmanTable, _ distances: HuffmanTable) throws(FileError) {
    while true {
      let event = decodeSymbols(literals, distances)
      guard count <= limit else { throw .tooLarge(file: name, limit: limit) }
      switch event {
      case .endOfBlock: return
      case .full: grow(to: 2 * output.count)
      case .cut: throw cut()
      case .badCode: throw broken("a literal, length or distance code", found: "bits that are none")
      case .badDistance(let distance):
        throw broken("a match within the \(count - start) bytes so far", found: "one from \(distance) bytes back")
      }
    }
  }

  private mutating func decodeSymbols(_ literals: HuffmanTable, _ distances: HuffmanTable) -> Event {
    var (reader, position) = (reader, count)
    defer { (self.reader, count) = (reader, position) }
    let start = start
    return output.withUnsafeMutableBufferPointer { output in
      literals.fast.withUnsafeBufferPointer { fastLiterals in
        distances.fast.withUnsafeBufferPointer { fastDistances in
          Self.decodeSymbols(
            &reader, into: output, at: &position, from: start,
            literals: Decoder(fast: fastLiterals, table: literals),
            distances: Decoder(fast: fastDistances, table: distances))
        }
      }
    }
  }

  /// The inner loop: until the block ends, the room is used up or the stream is wrong.
  private static func decodeSymbols(
    _ reader: inout BitReader, into output: UnsafeMutableBufferPointer<UInt8>, at position: inout Int, from start: Int,
    literals: Decoder, distances: Decoder
  ) -> Event {
    let (lengthCodes, distanceCodes) = (lengthCodes, distanceCodes)
    while position + room <= output.count {
      // 56 bits: enough for a literal and then, with 41 left at least, a second code; a match needs up to 48.
      reader.refill()
      guard var symbol = literals.next(&reader) else { return noCode(reader) }
      if symbol < 256 {
        guard reader.available >= 0 else { return .cut }
        output[position] = UInt8(truncatingIfNeeded: symbol)
        position += 1
        guard let second = literals.next(&reader) else { return noCode(reader) }
        guard second >= 256 else {
          guard reader.available >= 0 else { return .cut }
          output[position] = UInt8(truncatingIfNeeded: second)
          position += 1
          continue
        }
        symbol = second
        reader.refill()
      }
      guard symbol > 256 else { return reader.available < 0 ? .cut : .endOfBlock }
      guard symbol <= 285 else { return .badCode }
      let length = lengthCodes[symbol - 257].value(&reader)
      guard let code = distances.next(&reader) else { return noCode(reader) }
      guard code < 30 else { return .badCode }
      let distance = distanceCodes[code].value(&reader)
      guard reader.available >= 0 else { return .cut }
      guard distance <= position - start else { return .badDistance(distance) }
      copyMatch(output, at: position, distance: distance, length: length)
      position += length
    }
    return .full
  }

  /// Why there is no code: too few bits are left, or they begin none.
  private static func noCode(_ reader: BitReader) -> Event {
    reader.available < HuffmanTable.longest ? .cut : .badCode
  }

  /// Repeats the `length` bytes that lie `distance` back; they may overlap, then a pattern is repeated.
  @inline(__always)
  private static func copyMatch(
    _ output: UnsafeMutableBufferPointer<UInt8>, at position: Int, distance: Int, length: Int
  ) {
    guard let target = output.baseAddress?.advanced(by: position) else { return }
    let source = target - distance
    if distance >= length {
      target.update(from: source, count: length)
    } else if distance == 1 {
      target.update(repeating: source.pointee, count: length)
    } else {
      for index in 0..<length { target[index] = source[index] }
    }
  }
}

/// A prefix code with its fast table at hand.
private struct Decoder {
  let fast: UnsafeBufferPointer<UInt16>
  let table: HuffmanTable

  /// The next symbol; nil when the bits begin no code.
  @inline(__always)
  func next(_ reader: inout BitReader) -> Int? {
    let entry = fast[Int(truncatingIfNeeded: reader.bits & 0x3FF)]
    if entry != 0 {
      reader.skip(Int(entry &>> 9))
      return Int(entry & 0x1FF)
    }
    guard let (symbol, length) = table.slowLookup(reader.bits) else { return nil }
    reader.skip(length)
    return symbol
  }
}

/// What a length or distance code stands for: a number to which the next `extraBits` bits are added.
private struct BaseAndExtra {
  let base: Int
  let extraBits: Int

  @inline(__always)
  func value(_ reader: inout BitReader) -> Int { base + reader.take(extraBits) }
}

/// Match lengths 3 to 258 by code 257 to 285 (RFC 1951 section 3.2.5).
private let lengthCodes: [BaseAndExtra] = {
  let bits = [Int](repeating: 0, count: 8) + (1...5).flatMap { [Int](repeating: $0, count: 4) }
  var next = 3
  let codes = bits.map { bits in
    defer { next += 1 << bits }
    return BaseAndExtra(base: next, extraBits: bits)
  }
  // The longest match has a code of its own, though the one before would reach it.
  return codes + [BaseAndExtra(base: 258, extraBits: 0)]
}()

/// Distances 1 to 32,768 by code 0 to 29.
private let distanceCodes: [BaseAndExtra] = {
  let bits = [0, 0, 0, 0] + (1...13).flatMap { [$0, $0] }
  var next = 1
  return bits.map { bits in
    defer { next += 1 << bits }
    return BaseAndExtra(base: next, extraBits: bits)
  }
}()
