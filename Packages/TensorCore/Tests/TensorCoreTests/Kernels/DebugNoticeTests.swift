import TensorCore
import Testing

@Suite struct DebugNoticeTests {
  @Test func onlySlowKernelsAreWorthANotice() {
    #expect(DebugNotice.text(isOptimised: true, environment: [:]) == nil)
    #expect(DebugNotice.text(isOptimised: false, environment: [:])?.contains("-c release") == true)
  }

  @Test func theEnvironmentSilencesIt() {
    #expect(DebugNotice.text(isOptimised: false, environment: ["NEEDLETAIL_DEBUG_NOTICE": "off"]) == nil)
  }
}
