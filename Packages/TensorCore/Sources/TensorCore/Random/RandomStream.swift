/// A repeatable source of random numbers: the same seed gives the same numbers on every machine, with any number of
/// threads.
///
/// The generator is Philox4x32-10 (Salmon and others 2011), which calculates the n-th number from n. Its whole
/// state is three numbers, so that a checkpoint can keep it, and a tensor can be filled in parts by several threads.
/// A stream gives 2⁶⁴ numbers of 64 bits before it repeats. Not for secrets.
///
/// ```swift
/// var random = RandomStream(seed: 1)
/// let weight = Tensor<Float>.normal([120, 400], using: &random)
/// ```
public struct RandomStream: RandomNumberGenerator, Sendable, Equatable, Codable {
  /// The generator's key: the seed, for a stream that was not split off.
  public let key: UInt64
  /// Which of the key's 2⁶⁴ streams this is.
  public let stream: UInt64
  /// How many 64-bit numbers were drawn.
  public private(set) var counter: UInt64

  /// The first stream of a seed. Streams of different seeds are independent, however close the seeds are.
  public init(seed: UInt64) {
    self.init(key: seed, stream: 0, counter: 0)
  }

  /// The stream that had this state: the next number is the one that would have followed.
  public init(key: UInt64, stream: UInt64, counter: UInt64) {
    self.key = key
    self.stream = stream
    self.counter = counter
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    let block = counter >> 1
    let words = philox(
      counter: [
        UInt32(truncatingIfNeeded: block), UInt32(block >> 32), UInt32(truncatingIfNeeded: stream),
        UInt32(stream >> 32),
      ],
      key: [UInt32(truncatingIfNeeded: key), UInt32(key >> 32)])
    let half = Int(counter & 1) * 2
    counter &+= 1
    return UInt64(words[half]) | UInt64(words[half + 1]) << 32
  }

  /// A new stream that is independent of this one, and of all others split off before or after.
  ///
  /// Key and stream number of the new one are the next 128 bits of this one: two streams agree by chance with a
  /// probability of 2⁻¹²⁸ per pair. A layer or a worker that draws from a stream of its own draws the same numbers
  /// whatever others do.
  public mutating func split() -> RandomStream {
    RandomStream(key: next(), stream: next(), counter: 0)
  }

  /// Leaves out numbers up to a whole block and reserves `count` blocks of 128 bits; returns the number of the first.
  mutating func reserveBlocks(_ count: Int) -> UInt64 {
    let first = (counter &+ 1) >> 1
    counter = (first &+ UInt64(count)) << 1
    return first
  }
}
