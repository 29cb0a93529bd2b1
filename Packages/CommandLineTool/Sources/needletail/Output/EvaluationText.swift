import Datasets
import Training

/// A measurement for a person: the figure, the confusion matrix and a few wrong answers.
struct EvaluationText {
  private let evaluation: Evaluation
  private let images: ImageDataset?
  private let classNames: [String]

  /// - Parameters:
  ///   - evaluation: the measurement.
  ///   - images: the images that were measured; wrong answers are drawn from them.
  ///   - classNames: the name of each class.
  init(_ evaluation: Evaluation, images: ImageDataset?, classNames: [String]) {
    self.evaluation = evaluation
    self.images = images
    self.classNames = classNames
  }

  var text: String {
    let confusion = evaluation.confusion
    let headline =
      "\(Figures.percent(evaluation.accuracy)) of \(confusion.total) test images recognised, "
      + "loss \(Figures.decimal(evaluation.loss))"
    return [headline, ConfusionText(confusion, classNames: classNames).text, wrongAnswers]
      .filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private var wrongAnswers: String {
    guard let images, !evaluation.wrongAnswers.isEmpty else { return "" }
    let pictures = evaluation.wrongAnswers.prefix(6).map { answer in
      let guess = answer.predictions.first.map {
        ["taken for \(classNames[$0.label])", "at \(Figures.percent($0.probability, 1))"]
      }
      return Picture(images.image(answer.sampleIndex), caption: ["is \(classNames[answer.label])"] + (guess ?? []))
    }
    let gallery = Gallery(pictures: pictures, width: Console.width, hasColor: Console.hasColor)
    return "Wrong answers, those that the network was surest of:\n\n\(gallery.text)"
  }
}
