/** Where packages are as the person sees them who may ask for them, waits for them or has them. */
export const offers = '/sallyport/accessPackages';
