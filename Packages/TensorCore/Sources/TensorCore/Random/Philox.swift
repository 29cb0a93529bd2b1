/// One block of the Philox4x32-10 generator: four random words as a function of a counter and a key.
///
/// Source: J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3",
/// SC 2011. Ten rounds; each multiplies two words, mixes the halves of the products crosswise and adds a Weyl sequence
/// to the key.
package func philox(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
  var words = counter
  var key = key
  for _ in 0..<10 {
    let first = UInt32(0xD251_1F53).multipliedFullWidth(by: words[0])
    let second = UInt32(0xCD9E_8D57).multipliedFullWidth(by: words[2])
    words = [second.high ^ words[1] ^ key[0], second.low, first.high ^ words[3] ^ key[1], first.low]
    key &+= [0x9E37_79B9, 0xBB67_AE85]
  }
  return words
}
