import TensorCore
import Testing

@Suite struct DebugNoticeTests {
  @Test func onlySlowKernelsAreWorthANotice() {
    #expect(DebugNotice.text(isOptimized: true, environment: [:]) == nil)
    #expect(DebugNotice.text(isOptimized: false, environment: [:])?.contains("-c release") == true)
  }

  @Test func theEnvironmentSilencesIt() {
    #expect(DebugNotice.text(isOptimized: false, environment: ["NEEDLETAIL_DEBUG_NOTICE": "off"]) == nil)
  }
}
