import Datasets
import TensorCore
import Testing

@Suite struct MovingShapesTests {
  private let films = MovingShapes(count: 6, frameCount: 10, side: 24, speed: 3, noise: 0, seed: 5)

  @Test func shapesAndClasses() {
    #expect(films.frames.shape == [6, 10, 1, 24, 24])
    #expect(films.masks.shape == [6, 10, 24, 24])
    #expect(films.labels.scalars == [0, 1, 2, 0, 1, 2])
    #expect(films.frames.scalars.allSatisfy { (0...1).contains($0) })
  }

  /// Without noise a frame has two intensities, and the mask tells them apart; a shape is in every frame, whole.
  @Test func masksShowTheShape() {
    let (frames, masks) = (films.frames.scalars, films.masks.scalars)
    for film in 0..<6 {
      var areas: [Int] = []
      for frame in 0..<10 {
        let start = (film * 10 + frame) * 576
        let pixels = start..<start + 576
        let inside = pixels.filter { masks[$0] != 0 }
        #expect(inside.allSatisfy { masks[$0] == Int64(film % 3 + 1) })
        #expect(Set(inside.map { frames[$0] }).count == 1)
        let ground = Set(pixels.filter { masks[$0] == 0 }.map { frames[$0] })
        #expect(ground.count == 1 && (ground.first ?? 1) < frames[inside[0]])
        // No part has left the image: its edge shows the ground or the shape's own edge only.
        areas.append(inside.count)
      }
      let mean = areas.reduce(0, +) / 10
      #expect(areas.allSatisfy { abs($0 - mean) <= max(mean / 3, 6) }, "\(areas)")
    }
  }

  /// The middle of the mask moves by the same step each frame, turned round at the edges, and by no more than the speed.
  @Test func theyMove() {
    let masks = films.masks.scalars
    for film in 0..<6 {
      let middles = (0..<10).map { frame -> (x: Double, y: Double) in
        let inside = (0..<576).filter { masks[(film * 10 + frame) * 576 + $0] != 0 }
        return (
          inside.reduce(0.0) { $0 + Double($1 % 24) } / Double(inside.count),
          inside.reduce(0.0) { $0 + Double($1 / 24) } / Double(inside.count)
        )
      }
      for (a, b) in zip(middles, middles.dropFirst()) { #expect(abs(a.x - b.x) < 4 && abs(a.y - b.y) < 4) }
      #expect(middles.contains { abs($0.x - middles[0].x) > 0.5 || abs($0.y - middles[0].y) > 0.5 })
    }
  }

  /// A film depends on the seed and its number only.
  @Test func filmsRepeat() {
    let fewer = MovingShapes(count: 2, frameCount: 10, side: 24, speed: 3, noise: 0, seed: 5)
    #expect(fewer.frames == films.frames.slice(axis: 0, range: 0..<2))
    #expect(MovingShapes(count: 2, frameCount: 10, side: 24, speed: 3, noise: 0, seed: 6).frames != fewer.frames)
  }

  @Test func wrongNumbersStop() async {
    await #expect(processExitsWith: .failure) { _ = MovingShapes(count: 1, side: 4, seed: 1) }
  }
}
