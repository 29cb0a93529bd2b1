import TensorCore
import Testing

@Suite(.serialized)
struct MachineRoofTests {
  /// 0 + 1 + … + 11 = 66 is halved and 12 added in each round, until each accumulator is 2.
  @Test(arguments: [(0, 66.0), (1, 45), (2, 34.5), (3, 29.25), (200, 24)] as [(Int, Float)])
  func productsAreCalculated(rounds: Int, sum: Float) {
    let result = MachineRoof.products(rounds: rounds, factor: 0.5, addend: 1)
    let lanes = [KernelForm.portable: 4, .wide: 16, .avx2: 8, .avx512: 16][KernelForm.active] ?? 0
    #expect(result.sums.prefix(lanes).allSatisfy { $0 == sum })
    #expect(result.count == rounds * 12 * lanes)
  }

  /// No processor of today makes fewer than 10⁸ multiply-adds a second or more than 10¹⁴ in a process.
  @Test func measuresWhatAMachineCanDo() {
    let roof = MachineRoof.measured()
    #expect(roof.multiplyAddsPerSecond > 1e8 && roof.multiplyAddsPerSecond < 1e14)
    #expect(roof.bytesPerSecond > 1e8 && roof.bytesPerSecond < 1e13)
  }

  @Test func theLongerOfBothCounts() {
    let roof = MachineRoof(multiplyAddsPerSecond: 100, bytesPerSecond: 10)
    #expect(roof.leastSeconds(multiplyAdds: 300, bytes: 20) == 3)
    #expect(roof.leastSeconds(multiplyAdds: 100, bytes: 20) == 2)
  }
}
