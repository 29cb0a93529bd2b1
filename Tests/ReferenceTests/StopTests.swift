import Testing

/// Every mistake of ``StopCases`` stops a process of its own, with the operation's name and both shapes.
@Suite struct StopTests {
  @Test func wrongShapesStop() async {
    for (number, mistake) in StopCases.all.enumerated() {
      let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        [number = number as Int] in
        StopCases.all[number].body()
      }
      let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      #expect(said.contains(mistake.message), "\(said.prefix(500))")
    }
  }
}
