/// What suits a kind of pictures: steps of augmentation with their numbers, by a name that a run's settings keep.
public enum AugmentationRecipe: String, Sendable, Hashable, Codable, CaseIterable {
  /// Slightly turned, moved, slanted, larger or smaller, as another hand would have written it. For grey characters.
  case handwriting
  /// Mirrored in half of the cases, and moved by up to 4 pixels: a crop of the image with 4 black pixels around it, as is
  /// usual for CIFAR. For small pictures of things.
  case mirroredCrops = "mirrored-crops"
  /// A part of a quarter to all of the area, resized, mirrored in half of the cases, a little brighter or darker and of more or
  /// less contrast and colour. For photographs.
  case photographs

  /// The steps, for a data set whose images are shown in the given size.
  public func transforms(for size: ImageSize) -> [any ImageTransform] {
    switch self {
    case .handwriting:
      [RandomAffine(degrees: 10, shift: 0.07, scale: 0.9...1.1, shear: 10)]
    case .mirroredCrops:
      [RandomHorizontalFlip(), RandomCrop(size, padding: 4)]
    case .photographs:
      [
        RandomResizedCrop(size, scale: 0.25...1), RandomHorizontalFlip(),
        ColorJitter(brightness: 0.2, contrast: 0.2, saturation: 0.2),
      ]
    }
  }
}
