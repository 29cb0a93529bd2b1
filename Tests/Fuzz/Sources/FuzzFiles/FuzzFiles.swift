import Foundation
import TensorCore

/// `FuzzFiles [COUNT] [FIRST]`: COUNT broken files through the readers, from the one numbered FIRST on.
///
/// Every file follows from its number alone. It may be read or refused; what must not happen is an end of the process,
/// more than ten seconds of the processor's, or tensors larger than the file allows. Before a failure the number of the file is printed.
@main
struct FuzzFiles {
  /// What tensors may take beside a multiple of the file's size: blocks are rounded up.
  private static let slack = 4_096

  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst().compactMap(Int.init)
    let count = arguments.first ?? 200_000
    let first = arguments.dropFirst().first ?? 0
    let samples = try FuzzSample.all() + FuzzSample.dataSets() + FuzzSample.images()
    for sample in samples {
      guard sample.read(sample.bytes) > 0 else { fail("the sample \(sample.name) is refused as it is") }
    }
    var read = [Int](repeating: 0, count: samples.count)
    for number in first..<(first + count) {
      let index = number % samples.count
      var mutator = Mutator(seed: UInt64(number))
      read[index] += check(samples[index], number, samples[index].mutated(by: &mutator)) ? 1 : 0
    }
    for (sample, read) in zip(samples, read) { print("\(sample.name): \(read) of \(count / samples.count) read") }
    print("peak memory \(peakMemory() >> 20) MB")
  }

  /// Whether the file could be read, after checking time and memory.
  private static func check(_ sample: FuzzSample, _ number: Int, _ bytes: [UInt8]) -> Bool {
    announce(number)
    limitTime(seconds: 10)
    BlockPool.resetPeak()
    let wasRead = sample.read(bytes) > 0
    limitTime(seconds: 0)
    let peak = BlockPool.statistics.peak
    guard peak <= sample.growth * bytes.count + slack else {
      fail("file \(number), \(sample.name) of \(bytes.count) bytes, takes \(peak) bytes of tensors")
    }
    return wasRead
  }

  /// Ends the process after that time of its own, not of the clock: a busy machine is no fault of a reader's. 0 lifts the limit.
  private static func limitTime(seconds: Int) {
    var limit = itimerval()
    limit.it_value.tv_sec = seconds
    setitimer(ITIMER_PROF, &limit, nil)
  }

  /// Notes the number in the file that `FUZZ_STATE` names, which `run` prints when this process ends unexpectedly.
  private static func announce(_ number: Int) {
    var number = number
    pwrite(state, &number, MemoryLayout<Int>.size, 0)
  }

  private static let state: Int32 =
    if let path = ProcessInfo.processInfo.environment["FUZZ_STATE"] { open(path, O_WRONLY | O_CREAT, 0o644) } else {
      -1
    }

  private static func fail(_ message: String) -> Never {
    FileHandle.standardError.write(Data((message + "\n").utf8))
    exit(1)
  }

  private static func peakMemory() -> Int {
    var usage = rusage()
    #if canImport(Darwin)
      getrusage(RUSAGE_SELF, &usage)
      return usage.ru_maxrss
    #else
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      return usage.ru_maxrss << 10
    #endif
  }
}
