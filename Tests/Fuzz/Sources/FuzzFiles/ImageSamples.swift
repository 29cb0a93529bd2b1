import Datasets
import Foundation
import TensorCore

extension FuzzSample {
  /// Small images of the formats that Datasets reads.
  static func images() -> [FuzzSample] {
    let pgm = Array("P5 4 3 255 ".utf8) + [UInt8](1...12)
    let encoded = [
      ("png interlaced", interlaced), ("jpeg sequential", sequential), ("jpeg progressive", progressive),
      ("bmp in run lengths", runs),
    ]
    let files = encoded.map { ($0, Data(base64Encoded: $1).map(Array.init) ?? []) } + [("pgm", pgm)]
    return files.map { name, bytes in
      FuzzSample(name: name, bytes: bytes) { bytes in
        guard let image = try? ImageFile.decode(bytes) else { return 0 }
        precondition(
          image.intensities.allSatisfy { (0...1).contains($0) }, "an intensity is not between black and white")
        return 1
      }
    }
  }

  // A palette of 16 colours, 6 x 5 pixels in seven passes.
  private static let interlaced = """
    iVBORw0KGgoAAAANSUhEUgAAAAYAAAAFBAMAAAHjcbBDAAAABGdBTUEAALGPC/xhBQAAADBQTFRFahO+v533GWW/EPj62eYaOhJoLOxSeL6s+vvVmp\
    +kfz11U90YxNAwrRF2L+WLcLgfdKPWXAAAAAJ0Uk5TAICbK04YAAAAJ0lEQVR4nGM8wLiAcTXjBaYLjNFfGfsuMU36wOygwKj1spNpWuARAKwfC5Us\
    zWKMAAAADHRFWHRDb21tZW50AG5vbmXwjlUqAAAAAElFTkSuQmCC
    """

  // 17 x 12 pixels, the colours at half size, a restart marker after each group.
  private static let sequential = """
    /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI//////////////////////////////////////////////\
    //////2wBDAVVaWnhpeOuCguv/////////////////////////////////////////////////////////////////////////wAARCAAMABEDASIA\
    AhEBAxEB/8QAFwAAAwEAAAAAAAAAAAAAAAAAAAMEAv/EABsQAAICAwEAAAAAAAAAAAAAAAACAREDISNR/8QAFgEBAQEAAAAAAAAAAAAAAAAAAQID/8\
    QAGREAAwADAAAAAAAAAAAAAAAAAAERAhIx/90ABAAB/9oADAMBAAIRAxEAPwCjTpZI0U5RjnmJyacXwrB1Rn//0NVHoCrAyDQ//9k=
    """

  // The same in ten scans.
  private static let progressive = """
    /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI//////////////////////////////////////////////\
    //////2wBDAVVaWnhpeOuCguv/////////////////////////////////////////////////////////////////////////wgARCAAMABEDASIA\
    AhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAgMA/8QAFgEBAQEAAAAAAAAAAAAAAAAAAgAB/9oADAMBAAIQAxAAAAGkaC1YYH//xAAWEAEBAQAAAA\
    AAAAAAAAAAAAABEDH/2gAIAQEAAQUCpjP/xAAWEQEBAQAAAAAAAAAAAAAAAAAAARH/2gAIAQMBAT8BjH//xAAUEQEAAAAAAAAAAAAAAAAAAAAQ/9oA\
    CAECAQE/AT//xAAUEAEAAAAAAAAAAAAAAAAAAAAg/9oACAEBAAY/Al//xAAXEAADAQAAAAAAAAAAAAAAAAABEDEA/9oACAEBAAE/IaMayl//2gAMAw\
    EAAgADAAAAEHj/AP/EABYRAQEBAAAAAAAAAAAAAAAAAAEREP/aAAgBAwEBPxB0jn//xAAWEQADAAAAAAAAAAAAAAAAAAABEDH/2gAIAQIBAT8QMX//\
    xAAYEAADAQEAAAAAAAAAAAAAAAAAAREhUf/aAAgBAQABPxDLiQxdGGDT/9k=
    """

  // 9 x 4 pixels of 4 bits.
  private static let runs = """
    Qk2YAAAAAAAAAHYAAAAoAAAACQAAAAQAAAABAAQAAgAAACIAAAAAAAAAAAAAAAAAAAAAAAAATif4APsfbAC1KaMAzFzmAMOOwACEG+sANqxkAG6rsQ\
    CzExoA+6t7AAY9ewC/bGEAewmBAMJlSQAEELYA3tqtAAAGtSmjAAADhBsAAAh0AUgAAAAEwmUFrQAAB4sC5gAAAAE=
    """
}
