/// Reads the waves of one block (T.81, annexes F.2 and G.2).
struct JPEGBlockCoder {
  let dc: JPEGHuffmanTable.Lookup?
  let ac: JPEGHuffmanTable.Lookup?
  /// The waves of a progressive scan.
  let first: Int
  let last: Int
  /// The lowest bit of a progressive scan.
  let low: Int

  /// A whole block into `waves`, which must be 0; returns the number of the last wave, or -1 when the bits are wrong.
  @inline(__always)
  func sequential(_ bits: inout JPEGBits, _ waves: UnsafeMutablePointer<Int16>, _ mean: inout Int) -> Int {
    guard let dc, let ac else { return -1 }
    return jpegZigZag.withUnsafeBufferPointer { order in
      bits.refill()
      let size = dc.symbol(&bits)
      guard size >= 0 else { return -1 }
      mean = mean &+ bits.difference(size)
      waves[0] = Int16(truncatingIfNeeded: mean)
      var wave = 1
      var lastWave = 0
      while wave < 64 {
        // A code and its value take up to 31 bits.
        bits.refill()
        let entry = ac.fastWaves[bits.peek(JPEGHuffmanTable.fastBits)]
        if entry != 0 {
          bits.skip(Int(entry & 255))
          wave &+= Int(entry &>> 8 & 255)
          guard wave < 64 else { return -1 }
          waves[Int(order[wave])] = Int16(truncatingIfNeeded: entry &>> 16)
          lastWave = wave
          wave &+= 1
          continue
        }
        let symbol = ac.symbol(&bits)
        guard symbol >= 0 else { return -1 }
        let (run, size) = (symbol &>> 4, symbol & 15)
        guard size > 0 else {
          guard run == 15 else { break }
          wave &+= 16
          continue
        }
        wave &+= run
        guard wave < 64 else { return -1 }
        waves[Int(order[wave])] = Int16(truncatingIfNeeded: bits.difference(size))
        lastWave = wave
        wave &+= 1
      }
      return lastWave
    }
  }

  /// The upper bits of the mean value.
  func firstMean(_ bits: inout JPEGBits, _ waves: UnsafeMutablePointer<Int16>, _ mean: inout Int) -> Bool {
    guard let dc else { return false }
    bits.refill()
    let size = dc.symbol(&bits)
    guard size >= 0 else { return false }
    mean = mean &+ bits.difference(size)
    waves[0] = Int16(truncatingIfNeeded: mean &<< low)
    return true
  }

  /// One more bit of the mean value.
  func refineMean(_ bits: inout JPEGBits, _ waves: UnsafeMutablePointer<Int16>) {
    bits.refill()
    if bits.take(1) == 1 { waves[0] |= Int16(1 << low) }
  }

  /// The upper bits of some waves. `known` has a bit for each wave, in the order of the file, that is not 0.
  func firstWaves(
    _ bits: inout JPEGBits, _ waves: UnsafeMutablePointer<Int16>, _ known: inout UInt64, _ endRun: inout Int
  ) -> Bool {
    guard endRun == 0 else {
      endRun -= 1
      return true
    }
    guard let ac else { return false }
    return jpegZigZag.withUnsafeBufferPointer { order in
      var wave = first
      while wave <= last {
        bits.refill()
        let entry = ac.fastWaves[bits.peek(JPEGHuffmanTable.fastBits)]
        var difference = Int(entry &>> 16)
        if entry != 0 {
          bits.skip(Int(entry & 255))
          wave &+= Int(entry &>> 8 & 255)
        } else {
          let symbol = ac.symbol(&bits)
          guard symbol >= 0 else { return false }
          let (run, size) = (symbol >> 4, symbol & 15)
          if size == 0 {
            guard run == 15 else {
              // This block and `endRun` more end here.
              endRun = 1 << run - 1 + (run > 0 ? bits.take(run) : 0)
              return true
            }
            wave += 16
            continue
          }
          wave &+= run
          difference = bits.difference(size)
        }
        guard wave <= last else { return false }
        let value = Int16(truncatingIfNeeded: difference &<< low)
        waves[Int(order[wave])] = value
        known = value != 0 ? known | 1 &<< UInt64(wave) : known & ~(1 &<< UInt64(wave))
        wave &+= 1
      }
      return true
    }
  }

  /// One more bit of some waves: of those that are not 0 already, in passing; and those that become ±1 now.
  func refineWaves(
    _ bits: inout JPEGBits, _ waves: UnsafeMutablePointer<Int16>, _ known: inout UInt64, _ endRun: inout Int
  ) -> Bool {
    guard let ac else { return false }
    return jpegZigZag.withUnsafeBufferPointer { order in
      // The waves that are left of this scan.
      var left = UInt64.max &<< UInt64(first) & UInt64.max &>> UInt64(63 - last)
      while endRun == 0, left != 0 {
        bits.refill()
        let symbol = ac.symbol(&bits)
        guard symbol >= 0 else { return false }
        let run = symbol &>> 4
        var new: Int16 = 0
        switch symbol & 15 {
        case 0 where run == 15: break
        case 0:
          // The rest of this block is refined below.
          endRun = 1 << run + (run > 0 ? bits.take(run) : 0)
          continue
        case 1: new = bits.take(1) == 1 ? Int16(1 << low) : -Int16(1 << low)
        default: return false
        }
        var zeros = left & ~known
        for _ in 0..<run { zeros &= zeros &- 1 }
        // The lowest of these is the wave that is meant; up to it all others are refined.
        let place = zeros & (0 &- zeros)
        refine(&bits, waves, place == 0 ? left & known : left & known & (place &- 1), order)
        guard place != 0 else {
          left = 0
          break
        }
        left &= ~((place &<< 1) &- 1)
        guard new != 0 else { continue }
        waves[Int(order[place.trailingZeroBitCount])] = new
        known |= place
      }
      guard endRun > 0 else { return true }
      refine(&bits, waves, left & known, order)
      endRun -= 1
      return true
    }
  }

  /// One more bit for each of `chosen`, in the order of the file.
  @inline(__always)
  private func refine(
    _ bits: inout JPEGBits, _ waves: UnsafeMutablePointer<Int16>, _ chosen: UInt64,
    _ order: UnsafeBufferPointer<UInt8>
  ) {
    var chosen = chosen
    while chosen != 0 {
      refine(&bits, waves + Int(order[chosen.trailingZeroBitCount]))
      chosen &= chosen &- 1
    }
  }

  @inline(__always)
  private func refine(_ bits: inout JPEGBits, _ wave: UnsafeMutablePointer<Int16>) {
    bits.refill(for: 1)
    let value = wave.pointee
    let bit = Int16(truncatingIfNeeded: 1 &<< low)
    // Without a jump: whether the bit is set nobody can guess.
    let isNew = bits.take(1) == 1 && value & bit == 0
    wave.pointee = value &+ (isNew ? (value > 0 ? bit : 0 &- bit) : 0)
  }
}
