import type { Invented } from './cast.ts';
import { productPicture } from './files.ts';
import type { Calendar, Step } from './stage.ts';

interface Product {
  name: string;
  price: number;
  stock: number;
  description: string;
  picture: { name: string; alt: string };
}

const PRODUCTS: readonly Product[] = [
  {
    name: 'Lemon tree, about 80 cm',
    price: 3400,
    stock: 9,
    description: 'Three years old, in its pot. Not hardy: spends the winter inside.',
    picture: { name: 'lemon-tree', alt: 'A small lemon tree in a clay pot, with eight lemons' },
  },
  {
    name: 'Seed potatoes “Belana”, 1 kg',
    price: 490,
    stock: 42,
    description: 'Waxy and early. Keep them cool and dark until April.',
    picture: { name: 'potatoes', alt: 'A pile of potatoes that begin to sprout' },
  },
  {
    name: 'Basil in a pot',
    price: 180,
    stock: 30,
    description: 'From the greenhouse, at home on every windowsill.',
    picture: { name: 'basil', alt: 'Basil with broad leaves in a clay pot' },
  },
  {
    name: 'ミントの苗（3株）',
    price: 420,
    stock: 6,
    description: 'Three young plants. Give them a corner of their own.',
    picture: { name: 'mint', alt: 'Three young mint plants in grey pots' },
  },
  {
    name: 'Garden twine, 200 m',
    price: 320,
    stock: 4,
    description: 'Hemp, rots within a year.',
    picture: { name: 'twine', alt: 'A ball of hemp twine' },
  },
  {
    name: 'Frost fleece, 2 × 10 m',
    price: 800,
    stock: 14,
    description: 'Down to −6 °C. Can be used for several winters.',
    picture: { name: 'fleece', alt: 'A roll of white fleece' },
  },
  {
    name: 'Orange marmalade, 250 g',
    price: 550,
    stock: 2,
    description: 'Six jars were made, five are gone.',
    picture: { name: 'marmalade', alt: 'A jar of orange marmalade beside an orange' },
  },
];

interface Order {
  key: string;
  who: Invented;
  daysAgo: number;
  items: readonly [product: string, quantity: number][];
  note?: string;
  /** The status changes by the desk, a few hours apart. */
  steps: readonly ('processing' | 'shipped' | 'delivered' | 'cancelled')[];
}

const ORDERS: readonly Order[] = [
  {
    key: '1',
    who: 'haneul',
    daysAgo: 12,
    items: [['Seed potatoes “Belana”, 1 kg', 3]],
    steps: ['processing', 'shipped', 'delivered'],
  },
  {
    key: '2',
    who: 'tomas',
    daysAgo: 9,
    items: [
      ['Frost fleece, 2 × 10 m', 1],
      ['Garden twine, 200 m', 1],
    ],
    steps: ['processing', 'shipped', 'delivered'],
  },
  { key: '3', who: 'tomas', daysAgo: 7, items: [['Basil in a pot', 4]], steps: ['cancelled'] },
  {
    key: '4',
    who: 'haneul',
    daysAgo: 5,
    items: [
      ['Orange marmalade, 250 g', 1],
      ['ミントの苗（3株）', 1],
    ],
    note: 'For my grandmother, with a card please',
    steps: ['processing', 'shipped'],
  },
  { key: '5', who: 'tomas', daysAgo: 2, items: [['Lemon tree, about 80 cm', 1]], steps: ['processing'] },
  {
    key: '6',
    who: 'haneul',
    daysAgo: 1,
    items: [
      ['Seed potatoes “Belana”, 1 kg', 2],
      ['Basil in a pot', 2],
    ],
    steps: [],
  },
  {
    key: '7',
    who: 'tomas',
    daysAgo: 1,
    items: [['Frost fleece, 2 × 10 m', 2]],
    note: 'I pick it up on Saturday',
    steps: [],
  },
];

const STEP_MS = 5 * 3_600_000;

/** The shop, its products and its orders. */
export function shopSteps(calendar: Calendar): Step[] {
  const opening: Step = {
    at: calendar.on(13, '10:00'),
    who: 'you',
    async run(api, { workspaceId }) {
      const introduction =
        'Plants, seeds and a little marmalade from the garden by the river. Pick up on Saturdays, or we send it.';
      await api.shops.update({ workspaceId, introduction });
    },
  };
  const products = PRODUCTS.map(
    ({ picture, ...product }, place): Step => ({
      at: calendar.on(13, `10:${10 + place}`),
      who: 'you',
      async run(api, stage) {
        const { workspaceId } = stage;
        const sent = productPicture(picture.name).sent();
        const { attachments } = await api.attachments.upload({ workspaceId }, { files: sent });
        const images = attachments.map(({ id: fileId }) => ({ fileId, alt: picture.alt }));
        const { id } = await api.products.create({ workspaceId, currency: 'EUR', images, ...product });
        stage.put(`product ${product.name}`, id);
      },
    }),
  );
  return [opening, ...products, ...ORDERS.flatMap((order) => orderSteps(order, calendar))];
}

function orderSteps({ key, who, daysAgo, items, note = '', steps }: Order, calendar: Calendar): Step[] {
  const at = calendar.on(daysAgo, '11:20');
  const place: Step = {
    at,
    who,
    async run(api, stage) {
      const wanted = items.map(([product, quantity]) => ({ productId: stage.id(`product ${product}`), quantity }));
      const { id } = await api.orders.place({ workspaceId: stage.workspaceId, items: wanted, note });
      stage.put(`order ${key}`, id);
    },
  };
  const handled = steps.map(
    (status, done): Step => ({
      at: new Date(Math.min(at.getTime() + STEP_MS * (done + 1), calendar.now.getTime())),
      who: 'ngozi',
      run: (api, stage) => api.orders.update({ orderId: stage.id(`order ${key}`), status }),
    }),
  );
  return [place, ...handled];
}
