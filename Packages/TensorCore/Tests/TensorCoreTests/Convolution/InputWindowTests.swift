import TensorCore
import Testing

struct InputWindowTests {
  @Test func spansStridesAndStarts() throws {
    let padding = PlanePadding.sides(top: 2, bottom: 0, left: 1, right: 5)
    let geometry = ConvolutionGeometry(
      kernel: PlaneSize(height: 3, width: 5), stride: PlaneSize(height: 1, width: 2), padding: padding,
      dilation: PlaneSize(height: 4, width: 1))
    #expect(
      try geometry.inputWindows(on: 20) == [
        InputWindow(span: 9, stride: 1, before: 2), InputWindow(span: 5, stride: 2, before: 1),
      ])
    let pooling = PoolingGeometry(kernel: 3, stride: 2, padding: 1)
    #expect(try pooling.inputWindows(on: 9)[0] == InputWindow(span: 3, stride: 2, before: 1))
  }

  /// The zeros of `same` depend on the size: 7 = 4 steps of 2 needs (4 - 1)·2 - 7 + 4 = 3 of them, 1 ahead; 8 needs 2.
  @Test func same() throws {
    let geometry = ConvolutionGeometry(kernel: 4, stride: 2, padding: .same)
    let windows = try geometry.inputWindows(on: PlaneSize(height: 7, width: 8))
    #expect(windows.map(\.before) == [1, 1])
    let wide = ConvolutionGeometry(kernel: 5, stride: 1, padding: .same)
    #expect(try wide.inputWindows(on: 6).map(\.before) == [2, 2])
  }
}
