import Datasets
import Foundation
import Models
import NNLayers
import TensorCore
import Training

/// What a new run's network begins with: the weights in a file, all of them, or all but the head's where its classes are other
/// ones than the file's.
struct StartingWeights {
  private let path: String
  private let state: StateDictionary
  private let entry: ModelEntry
  private let classCount: Int
  /// The head, where it begins with random weights; nil where it is the file's.
  private let newHead: String?

  /// The weights in the file at `path` for a network of so many channels and classes.
  ///
  /// - Throws: `FileError` naming the file when it cannot be read or has not the weights of this network.
  init(_ path: String, for entry: ModelEntry, channels: Int, classCount: Int) throws {
    let state = try StateDictionary(contentsOf: path)
    let options = try entry.options(for: state, path: path)
    guard options.inputChannels == channels else {
      throw FileError.malformed(
        file: path, expected: "weights for images of \(channels) channels", found: "\(options.inputChannels)")
    }
    (self.path, self.state, self.entry, self.classCount) = (path, state, entry, classCount)
    newHead = options.classCount == classCount ? nil : entry.headName
  }

  /// What is done, for people.
  var text: String {
    let head = newHead.map { "; its head \($0), for \(classCount) classes, is new" } ?? ""
    return "begins with the weights in \(path)\(head)"
  }

  /// Gives them to a network that was made with random ones.
  ///
  /// - Throws: `FileError` naming the file and what differs.
  func load(into network: any Layer) throws {
    do {
      try network.load(state, except: newHead.map { [$0] } ?? [])
    } catch {
      throw FileError.malformed(file: path, expected: "the network's weights", found: error.differences)
    }
  }

  /// A recipe with the mean and deviation that the weights were trained with, as far as they are known: those of the run that
  /// left the file, or ImageNet's for a network for photographs.
  func preprocessing(_ recipe: Preprocessing) throws -> Preprocessing {
    guard let (mean, deviation) = statistics, mean.count == recipe.channels else { return recipe }
    return try Preprocessing(
      channels: recipe.channels, imageSize: recipe.imageSize, fitting: recipe.fitting, resizedSize: recipe.resizedSize,
      padding: recipe.padding, inverts: recipe.inverts, mean: mean, deviation: deviation)
  }

  private var statistics: (mean: [Float], deviation: [Float])? {
    let folder = RunFolder(AtomicFile.folder(of: path))
    if let run = try? folder.readRecord(), run.settings.model == entry.name {
      return (run.settings.preprocessing.mean, run.settings.preprocessing.deviation)
    }
    let photographs = ImageNetPreprocessing.standard
    guard entry.facts.input == photographs.outputShape else { return nil }
    // torchvision trained GoogLeNet on images in -1...1.
    if entry.name == "googlenet" { return ([0.5, 0.5, 0.5], [0.5, 0.5, 0.5]) }
    return (photographs.mean, photographs.deviation)
  }
}

extension ModelEntry {
  /// The layer that makes the logits: `fc` for the weight `fc.weight`.
  fileprivate var headName: String { outputWeight.split(separator: ".").dropLast().joined(separator: ".") }
}
