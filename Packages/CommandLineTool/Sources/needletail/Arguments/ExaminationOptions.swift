import ArgumentParser
import Datasets
import Models

/// A network that is looked at before it is trained, with the images that it would be trained on.
struct ExaminationOptions: ParsableArguments {
  @OptionGroup var network: NetworkOption

  @Option(help: Wording.dataset, completion: .list(DatasetLookup.names))
  var dataset: String?

  @OptionGroup var images: FolderOptions
  @OptionGroup var data: DataOptions
  @OptionGroup var seed: SeedOption

  func validate() throws {
    _ = try network.required()
    guard let dataset else {
      throw ValidationError("--dataset: expected one of \(DatasetLookup.names.joined(separator: ", ")), found none")
    }
    if dataset != ImageFolder.name, let first = images.given.first {
      throw ValidationError("\(first) is for --dataset folder")
    }
  }

  /// The network with its images; what there is to say of them goes to standard output unless that is for a program.
  func subject(_ form: FormOptions) async throws -> TrainingSubject {
    try await TrainingSubject(
      ModelLookup.classifier(named: network.required()), dataset: dataset ?? "", images, data, seed: seed.value,
      saying: form.json ? { _ in } : Console.print)
  }
}
