import CKernels

extension Tensor where Scalar: FloatingScalar {
  /// Independent numbers, each equally likely anywhere in `range`: one of 2²⁴ steps for Float, 2⁵³ for Double.
  ///
  /// The same stream gives the same numbers on every machine and with any number of threads. Cost: about a nanosecond
  /// per element.
  public static func uniform(
    _ shape: Shape, in range: Range<Scalar> = 0..<1, using random: inout RandomStream
  ) -> Tensor {
    guard !range.isEmpty, (range.upperBound - range.lowerBound).isFinite else {
      stop("uniform", "the range \(range) is empty or infinite")
    }
    let (low, high) = (range.lowerBound, range.upperBound)
    return Tensor(shape: shape) { buffer in
      guard let start = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
      if Scalar.self == Float.self {
        let floats = start.assumingMemoryBound(to: Float.self)
        random.fill(count: shape.count, wordsPerElement: 1) { part, words in
          nt_uniform_float(floats + part.lowerBound, words, part.count, Float(low), Float(high))
        }
      } else {
        let doubles = start.assumingMemoryBound(to: Double.self)
        random.fill(count: shape.count, wordsPerElement: 2) { part, words in
          nt_uniform_double(doubles + part.lowerBound, words, part.count, Double(low), Double(high))
        }
      }
    }
  }

  /// Independent numbers of the normal distribution.
  ///
  /// Calculated in Double by the inverse of the distribution function from one number of 32 bits (Float) or 52 bits
  /// (Double) each, the same on every machine and with any number of threads.
  public static func normal(
    _ shape: Shape, mean: Scalar = 0, deviation: Scalar = 1, using random: inout RandomStream
  ) -> Tensor {
    guard deviation >= 0 else { stop("normal", "the deviation \(deviation) is negative") }
    let (mean, deviation) = (Double(mean), Double(deviation))
    return drawn(shape, using: &random) { mean + deviation * normalQuantile($0) }
  }

  /// Independent numbers of the normal distribution as it is between two bounds, which count deviations from the mean.
  ///
  /// By default nothing lies further than two deviations from the mean. For bounds as values (as PyTorch takes them) give
  /// `(a - mean) / deviation...(b - mean) / deviation`. No draws are rejected: the inverse of the distribution function
  /// is taken between the bounds' shares.
  public static func truncatedNormal(
    _ shape: Shape, mean: Scalar = 0, deviation: Scalar = 1, within bounds: ClosedRange<Scalar> = -2...2,
    using random: inout RandomStream
  ) -> Tensor {
    guard deviation >= 0 else { stop("truncatedNormal", "the deviation \(deviation) is negative") }
    // On the left side of the mean small shares keep their digits.
    let mirrored = bounds.lowerBound > 0
    let sign: Double = mirrored ? -1 : 1
    let low = Double(mirrored ? -bounds.upperBound : bounds.lowerBound)
    let high = Double(mirrored ? -bounds.lowerBound : bounds.upperBound)
    let (lowShare, highShare) = (normalShare(below: low), normalShare(below: high))
    let (mean, scale) = (Double(mean), sign * Double(deviation))
    return drawn(shape, using: &random) { share in
      let number = normalQuantile(lowShare + (highShare - lowShare) * share)
      return mean + scale * Swift.min(Swift.max(number, low), high)
    }
  }

  /// Draws a share of `(0, 1)` for each element and maps it.
  private static func drawn(
    _ shape: Shape, using random: inout RandomStream, _ transform: (Double) -> Double
  ) -> Tensor {
    Tensor(shape: shape) { buffer in
      guard let start = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
      if Scalar.self == Float.self {
        let floats = start.assumingMemoryBound(to: Float.self)
        random.fill(count: shape.count, wordsPerElement: 1) { part, words in
          for (word, element) in part.enumerated() {
            floats[element] = Float(transform((Double(words[word]) + 0.5) * 0x1p-32))
          }
        }
      } else {
        let doubles = start.assumingMemoryBound(to: Double.self)
        random.fill(count: shape.count, wordsPerElement: 2) { part, words in
          for (number, element) in part.enumerated() {
            let bits = UInt64(words[2 * number]) | UInt64(words[2 * number + 1]) << 32
            doubles[element] = transform((Double(bits >> 12) + 0.5) * 0x1p-52)
          }
        }
      }
    }
  }
}

extension Tensor<Bool> {
  /// Independent draws that are true with the given probability (to a multiple of 2⁻³²).
  public static func bernoulli(
    _ shape: Shape, probability: Double, using random: inout RandomStream
  ) -> Tensor {
    guard (0...1).contains(probability) else { stop("bernoulli", "the probability \(probability) is not in 0...1") }
    let threshold = UInt64((probability * 0x1p32).rounded())
    return Tensor(shape: shape) { buffer in
      guard let start = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
      let bytes = start.assumingMemoryBound(to: UInt8.self)
      random.fill(count: shape.count, wordsPerElement: 1) { part, words in
        nt_words_below(bytes + part.lowerBound, words, part.count, threshold)
      }
    }
  }
}

extension Tensor<Int64> {
  /// The numbers `0..<count` in random order, each order equally likely (Fisher and Yates).
  public static func permutation(count: Int, using random: inout RandomStream) -> Tensor {
    guard count >= 0 else { stop("permutation", "the count \(count) is negative") }
    return Tensor(shape: [count]) { numbers in
      for index in 0..<count { numbers[index] = Int64(index) }
      for index in stride(from: count - 1, to: 0, by: -1) {
        numbers.swapAt(index, random.integer(below: index + 1))
      }
    }
  }
}
