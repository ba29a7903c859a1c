// Next's ambient types (CSS and image imports), so that the type check works before Next has run once.
/// <reference types="next" />
/// <reference types="next/image-types/global" />
