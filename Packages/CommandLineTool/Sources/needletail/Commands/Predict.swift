import ArgumentParser
import Datasets
import NNLayers
import Training

/// Says what images show.
struct Predict: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says what images show, by a finished run's network.",
    discussion: """
      The images are prepared as the run's were: turned grey, or coloured, and fitted to their size. The data sets of
      this program show bright figures on black; --invert is for dark figures on white, as on paper.

      EXAMPLES:
        needletail predict runs/lenet5-digits-1 seven.pgm
        needletail predict runs/lenet5-digits-1 --invert scan-1.ppm scan-2.ppm
      """)

  @Argument(help: ArgumentHelp("The run's folder.", valueName: "folder"))
  var folder: String

  @Argument(help: ArgumentHelp("Images: PNG, JPEG, BMP, PGM or PPM.", valueName: "image"))
  var images: [String]

  @Flag(help: "Take the negative of the images.")
  var invert = false

  @Flag(help: "Write one JSON object for each image.")
  var json = false

  func run() throws {
    let run = try FinishedRun(folder)
    var preprocessing = run.record.settings.preprocessing
    if invert { preprocessing.inverts.toggle() }
    // All are read before anything is said: a broken file leaves no half answer.
    let pictures = try images.map { try ImageFile.read($0) }
    let ready = run.model.prepared()
    for (path, picture) in zip(images, pictures) {
      let predictions = try ready.topPredictions(for: preprocessing.prepare([picture]))
      for answer in predictions { show(path, answer, run.record.settings.classNames) }
    }
  }

  private func show(_ path: String, _ answer: [Prediction], _ classNames: [String]) {
    guard json else { return Console.print(text(path, answer, classNames)) }
    JSONLine.print(
      Result(
        image: path,
        predictions: answer.map {
          Result.Guess(label: $0.label, name: classNames[$0.label], probability: $0.probability)
        }))
  }

  private func text(_ path: String, _ answer: [Prediction], _ classNames: [String]) -> String {
    let width = answer.map { classNames[$0.label].count }.max() ?? 0
    let lines = answer.map { guess in
      let bar = String(repeating: "█", count: Int((guess.probability * 30).rounded()))
      let percent = Figures.right(Figures.percent(guess.probability), 8)
      return "  \(Figures.left(classNames[guess.label], width))  \(percent)" + (bar.isEmpty ? "" : "  \(bar)")
    }
    return ([path] + lines).joined(separator: "\n")
  }

  private struct Result: Encodable {
    struct Guess: Encodable {
      let label: Int
      let name: String
      let probability: Double
    }

    let image: String
    let predictions: [Guess]
  }
}
