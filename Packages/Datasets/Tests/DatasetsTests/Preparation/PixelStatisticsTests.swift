import Datasets
import TensorCore
import Testing

@Suite struct PixelStatisticsTests {
  @Test func equalAPlainLoop() throws {
    let set = try makeSet(labels: [0, 1, 2, 0], channels: 3, height: 5, width: 4) {
      UInt8(truncatingIfNeeded: $0 * $0 * 13)
    }
    let statistics = PixelStatistics(of: set)
    let pixels = set.pixels.scalars
    for channel in 0..<3 {
      let values = (0..<4).flatMap { image in
        (0..<20).map { Double(pixels[(image * 3 + channel) * 20 + $0]) / 255 }
      }
      let mean = values.reduce(0, +) / 80
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 80
      #expect(abs(Double(statistics.mean[channel]) - mean) < 1e-7)
      #expect(abs(Double(statistics.deviation[channel]) - variance.squareRoot()) < 1e-7)
    }
  }

  @Test func normalizedTrainingImagesHaveMeanZeroAndDeviationOne() throws {
    let set = try makeSet(labels: [0, 1, 2], height: 10, width: 10) { UInt8(truncatingIfNeeded: $0 * 31) }
    let statistics = PixelStatistics(of: set)
    let recipe = try Preprocessing(
      channels: 1, imageSize: set.imageSize, mean: statistics.mean, deviation: statistics.deviation)
    let values = PreparedImages(set, recipe).images(at: [0, 1, 2]).scalars.map(Double.init)
    #expect(abs(values.reduce(0, +) / 300) < 1e-6)
    #expect(abs(values.reduce(0) { $0 + $1 * $1 } / 300 - 1) < 1e-5)
  }

  @Test func equalPixelsAreNotDividedByZero() throws {
    let statistics = PixelStatistics(of: try makeSet(labels: [0]) { _ in 51 })
    #expect(statistics.mean == [0.2])
    #expect(statistics.deviation == [1])
  }
}
