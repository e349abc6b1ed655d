export { CartScreen } from './cart/cart-screen.tsx';
export { itemAddress, productsAddress, readProductFilters, shopAddress } from './model.ts';
export { LinePicture } from './parts/line-picture.tsx';
export { ImportScreen } from './screens/import-screen.tsx';
export { ItemScreen } from './screens/item-screen.tsx';
export { NewProductScreen, ProductScreen } from './screens/product-screen.tsx';
export { ProductsScreen } from './screens/products-screen.tsx';
export { ShopScreen } from './screens/shop-screen.tsx';
