import Datasets
import TensorCore
import Testing

struct CellsTests {
  @Test func theSeedDecides() {
    let cells = Cells(count: 3, seed: 1)
    #expect(cells.images.shape == [3, 1, 64, 64])
    #expect(cells.masks.shape == [3, 64, 64])
    let more = Cells(count: 5, seed: 1)
    #expect(more.images.scalars.prefix(3 * 4096).elementsEqual(cells.images.scalars))
    #expect(more.masks.scalars.prefix(3 * 4096).elementsEqual(cells.masks.scalars))
    #expect(Cells(count: 3, seed: 2).images != cells.images)
  }

  /// Without cells there is ground alone: from 50 to 80, ±20 for the light.
  @Test func groundAlone() {
    let ground = Cells(count: 2, size: ImageSize(height: 9, width: 30), cellCount: 0...0, noise: 0, seed: 1)
    #expect(ground.masks == .zeros([2, 9, 30]))
    #expect(ground.images.scalars.allSatisfy { (20...110).contains($0) })
  }

  /// A cell is brighter than the darkest ground by at least 50 less the light's 20, and one alone not larger than a disk of
  /// radius 12; the pictures' rows and columns at the edge have cells too.
  @Test func cellsAreBrightEllipses() {
    let alone = Cells(count: 20, cellCount: 1...1, noise: 0, seed: 3)
    for number in 0..<20 {
      let range = (number * 4096)..<((number + 1) * 4096)
      let pairs = zip(alone.images.scalars[range], alone.masks.scalars[range])
      let inside = pairs.filter { $0.1 == 1 }.map(\.0), ground = pairs.filter { $0.1 == 0 }.map(\.0)
      #expect((20...470).contains(inside.count))
      #expect(Int(inside.min() ?? 0) >= Int(ground.min() ?? 255) + 30)
    }
    let masks = Cells(count: 20, seed: 3).masks
    #expect((0..<20).contains { number in (0..<64).contains { masks[number, 0, $0] == 1 } })
    let share = Double(masks.scalars.count { $0 == 1 }) / Double(masks.count)
    #expect((0.15...0.6).contains(share))
  }

  /// The deviation of the noise, from the ground alone: 30,000 numbers give it to 2 %.
  @Test func noise() {
    func ground(_ noise: Double) -> [Double] {
      Cells(count: 1, size: ImageSize(height: 150, width: 200), cellCount: 0...0, noise: noise, seed: 4)
        .images.scalars.map(Double.init)
    }
    let differences = zip(ground(8), ground(0)).map { $0 - $1 }
    let square = differences.reduce(0) { $0 + $1 * $1 } / Double(differences.count)
    #expect(abs(square.squareRoot() - 8) < 0.3)
  }

  @Test func batches() {
    let cells = Cells(count: 4, size: ImageSize(height: 5, width: 6), seed: 1)
    let (images, masks) = cells.batch([3, 1])
    #expect(images.shape == [2, 1, 5, 6])
    #expect(masks.shape == [2, 5, 6])
    #expect(abs(images[1, 0, 4, 5] - (Float(cells.images[1, 0, 4, 5]) / 127.5 - 1)) < 1e-6)
    #expect(masks[0, 2, 3] == cells.masks[3, 2, 3])
  }

  @Test func refusals() async {
    await #expect(processExitsWith: .failure) { _ = Cells(count: 0, seed: 1) }
    await #expect(processExitsWith: .failure) { _ = Cells(count: 1, seed: 1).batch([1]) }
    await #expect(processExitsWith: .failure) { _ = Cells(count: 1, seed: 1).batch([]) }
  }
}
