// Stands in until the random streams of TensorCore are there.
import TensorCore
struct RandomStream {
  var state: UInt64
  init(seed: UInt64) { state = seed }
  init(key: UInt64, stream: UInt64, counter: UInt64) { state = key ^ stream &* 0x9E37_79B9_7F4A_7C15 }
  mutating func next() -> UInt64 {
    state = state &* 6364136223846793005 &+ 1442695040888963407; return (state ^ (state >> 33)) &* 0xff51afd7ed558ccd
  }
}
extension Tensor where Scalar == Int64 {
  static func permutation(count: Int, using random: inout RandomStream) -> Tensor<Int64> {
    var a = (0..<Int64(count)).map { $0 }
    for i in stride(from: count - 1, to: 0, by: -1) { a.swapAt(i, Int((random.next() >> 16) % UInt64(i + 1))) }
    return Tensor(shape: [count]) { _ = $0.update(fromContentsOf: a) }
  }
}
